package io.zhiyin.server.config;

import io.zhiyin.engine.event.ShopId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The keys of all shops, immutable. A key's text is `zy_ID.SECRET`; only a salted SHA-256 of the
/// secret is kept, which is enough because the secret is 256 random bits and not a password.
///
/// @param keys in the order of their making
public record KeyRing(List<ApiKey> keys) {
  public static final KeyRing EMPTY = new KeyRing(List.of());
  private static final String PREFIX = "zy_";
  private static final HexFormat HEX = HexFormat.of();

  public KeyRing {
    keys = List.copyOf(keys);
  }

  /// A new ring and the text of its new key, which is shown once and kept nowhere.
  public record Created(KeyRing ring, ApiKey key, String text) {}

  public Created create(Role role, ShopId shop, Instant now, SecureRandom random) {
    String id = PREFIX + HEX.formatHex(bytes(random, 6));
    String secret = HEX.formatHex(bytes(random, 32));
    String salt = HEX.formatHex(bytes(random, 16));
    ApiKey key = new ApiKey(id, role, shop, now, salt, hash(salt, secret));
    List<ApiKey> all = new ArrayList<>(keys);
    all.add(key);
    return new Created(new KeyRing(all), key, id + "." + secret);
  }

  /// This ring without the key of that id.
  public KeyRing without(String id) {
    return new KeyRing(keys.stream().filter(key -> !key.id().equals(id)).toList());
  }

  /// The key whose text this is.
  public Optional<ApiKey> find(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String id = text.substring(0, dot);
    String secret = text.substring(dot + 1);
    for (ApiKey key : keys) {
      if (key.id().equals(id)) {
        byte[] expected = key.hash().getBytes(StandardCharsets.US_ASCII);
        byte[] given = hash(key.salt(), secret).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, given) ? Optional.of(key) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  public boolean isEmpty() {
    return keys.isEmpty();
  }

  private static byte[] bytes(SecureRandom random, int n) {
    byte[] result = new byte[n];
    random.nextBytes(result);
    return result;
  }

  private static String hash(String salt, String secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(HEX.parseHex(salt));
      return HEX.formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
