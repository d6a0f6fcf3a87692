package io.zhiyin.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.ShopId;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/// The file `keys.json` of a data directory: format version, keys, checksum over the keys. Written
/// whole to a new file that then takes the old one's place; readable by its owner only.
public final class KeyFile {
  static final int VERSION = 1;
  private static final String FORMAT = "zhiyin-keys";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  public KeyFile(Path dataDirectory) {
    this.file = dataDirectory.resolve("keys.json");
  }

  public Path path() {
    return file;
  }

  /// The keys in the file, none when there is no file.
  ///
  /// @throws SettingsException when the file is damaged or newer than this program
  public KeyRing load() {
    if (!Files.exists(file)) {
      return KeyRing.EMPTY;
    }
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (!FORMAT.equals(root.path("format").asText())) {
        throw damaged("it is not a key file", null);
      }
      int version = root.path("formatVersion").asInt();
      if (version > VERSION) {
        throw new SettingsException(
            file
                + " has format version "
                + version
                + ", this program reads up to "
                + VERSION
                + ". Start the newer program that wrote it.");
      }
      JsonNode keys = root.path("keys");
      if (!checksum(keys).equals(root.path("crc32c").asText())) {
        throw damaged("its checksum does not fit", null);
      }
      return parse(keys);
    } catch (JsonProcessingException | CharConversionException | DateTimeException e) {
      throw damaged("it cannot be read as keys", e);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw damaged("it cannot be read as keys", e);
    } catch (IOException e) {
      throw new SettingsException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /// Puts these keys in the place of those in the file.
  public void save(KeyRing ring) throws IOException {
    ArrayNode keys = JSON.createArrayNode();
    for (ApiKey key : ring.keys()) {
      keys.addObject()
          .put("id", key.id())
          .put("role", key.role().wireName())
          .put("shopId", key.shop().value())
          .put("created", key.created().toString())
          .put("salt", key.salt())
          .put("sha256", key.hash());
    }
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT).put("formatVersion", VERSION);
    root.set("keys", keys);
    root.put("crc32c", checksum(keys));
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(file + " has no directory");
    }
    Files.createDirectories(directory);
    Path fresh = Files.createTempFile(directory, "keys", ".new");
    try {
      Files.writeString(fresh, root.toPrettyString() + "\n");
      if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
      }
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private KeyRing parse(JsonNode keys) {
    List<ApiKey> result = new ArrayList<>();
    for (JsonNode key : keys) {
      Role role =
          Role.of(key.path("role").asText())
              .orElseThrow(() -> damaged("it names a role that does not exist", null));
      result.add(
          new ApiKey(
              key.path("id").asText(),
              role,
              new ShopId(key.path("shopId").asText()),
              Instant.parse(key.path("created").asText()),
              hex(key.path("salt").asText()),
              key.path("sha256").asText()));
    }
    return new KeyRing(result);
  }

  /// @throws IllegalArgumentException when it is not hexadecimal, before anybody calls with the key
  private static String hex(String text) {
    byte[] _ = HexFormat.of().parseHex(text);
    return text;
  }

  private SettingsException damaged(String how, @org.jspecify.annotations.Nullable Throwable e) {
    String sentence =
        file
            + " is damaged: "
            + how
            + ". Bring it back from a backup, or delete it and create the keys anew with"
            + " 'zhiyin keys create'.";
    return e == null ? new SettingsException(sentence) : new SettingsException(sentence, e);
  }

  private static String checksum(JsonNode keys) {
    CRC32C crc = new CRC32C();
    crc.update(keys.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
