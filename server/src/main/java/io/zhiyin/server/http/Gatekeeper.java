package io.zhiyin.server.http;

import io.zhiyin.engine.event.ShopId;
import io.zhiyin.server.config.ApiKey;
import io.zhiyin.server.config.KeyRing;
import io.zhiyin.server.config.LiveKeys;
import io.zhiyin.server.config.Role;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides who a request comes from, and turns away what a browser was tricked into sending.
///
/// Without any key the server listens on loopback only and everybody there may do everything in the
/// shop `default`. Then the `Host` header must name the loopback, so that a web page elsewhere
/// cannot get in by pointing its own name here (DNS rebinding). With or without keys, a request
/// that changes something and names an `Origin` must name this server, or one that [CrossOrigin]
/// lets make that call.
final class Gatekeeper {
  private static final List<String> LOOPBACK_NAMES =
      List.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final LiveKeys keys;
  private final boolean loopback;

  /// @param loopback whether the server listens on loopback only
  Gatekeeper(LiveKeys keys, boolean loopback) {
    this.keys = keys;
    this.loopback = loopback;
  }

  /// The caller, or null when no key was given and the call needs none.
  ///
  /// @param invited whether the call comes from a page of another origin that may make it
  /// @param header gives the value of a header, by its lower-case name
  /// @throws ProblemException when the request must not be answered
  @Nullable Caller admit(Access access, String method, boolean invited, Headers header) {
    KeyRing ring = keys.current();
    boolean keyless = ring.isEmpty() && loopback;
    if (keyless) {
      checkHost(header);
    }
    if (!invited && !method.equals("GET") && !method.equals("HEAD")) {
      checkOrigin(header);
    }
    if (keyless) {
      return new Caller(Role.ADMIN, ShopId.DEFAULT, "local");
    }
    Optional<Role> needed = access.role();
    if (needed.isEmpty()) {
      return null;
    }
    ApiKey key =
        keyText(header)
            .flatMap(ring::find)
            .orElseThrow(
                () ->
                    new ProblemException(
                        new Problem(
                            Problem.Kind.KEY_REQUIRED,
                            "Send a valid key as 'Authorization: Bearer KEY' or 'X-Api-Key: KEY'.",
                            List.of()),
                        Map.of("WWW-Authenticate", "Bearer realm=\"zhiyin\"")));
    if (!key.role().covers(needed.get())) {
      throw new ProblemException(
          Problem.Kind.NOT_ALLOWED,
          "This call needs the role '"
              + needed.get().wireName()
              + "', the key has '"
              + key.role().wireName()
              + "'.");
    }
    return new Caller(key.role(), key.shop(), key.id());
  }

  private static Optional<String> keyText(Headers header) {
    Optional<String> bearer = header.first("authorization");
    if (bearer.isPresent()) {
      String text = bearer.get();
      return text.regionMatches(true, 0, "Bearer ", 0, 7)
          ? Optional.of(text.substring(7).strip())
          : Optional.empty();
    }
    return header.first("x-api-key").map(String::strip);
  }

  private static void checkHost(Headers header) {
    String host = header.first("host").orElse("");
    if (!LOOPBACK_NAMES.contains(withoutPort(host))) {
      throw new ProblemException(
          Problem.Kind.MISDIRECTED,
          "Without keys this server answers only to localhost and 127.0.0.1. Create keys with"
              + " 'zhiyin keys create' to use another name.");
    }
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    boolean port = colon > 0 && colon > host.lastIndexOf(']') && host.indexOf(':') == colon;
    boolean bracketed = colon > 0 && host.startsWith("[") && colon > host.indexOf(']');
    return (port || bracketed ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }

  private static void checkOrigin(Headers header) {
    Optional<String> origin = header.first("origin");
    if (origin.isPresent() && !sameHost(origin.get(), header.first("host").orElse(""))) {
      throw new ProblemException(
          Problem.Kind.FOREIGN_ORIGIN, "Pages of another origin may not call this server.");
    }
    if ("cross-site".equals(header.first("sec-fetch-site").orElse(""))) {
      throw new ProblemException(
          Problem.Kind.FOREIGN_ORIGIN, "Pages of another site may not call this server.");
    }
  }

  private static boolean sameHost(String origin, String host) {
    try {
      String authority = new URI(origin).getAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /// The headers of a request.
  @FunctionalInterface
  interface Headers {
    Optional<String> first(String lowerCaseName);
  }
}
