package io.zhiyin.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The origins of other pages, such as a shop's own, that may call what browsers may call.
///
/// @param exact as a browser sends them: scheme, host and a port that is not the scheme's own
public record Origins(Set<String> exact) {
  /// No other page.
  public static final Origins NONE = new Origins(Set.of());

  public Origins {
    exact = Set.copyOf(exact);
  }

  /// Checks what was typed.
  ///
  /// @throws SettingsException when one is no exact origin
  public static Origins of(Collection<String> typed) {
    return new Origins(typed.stream().map(Origins::origin).collect(Collectors.toSet()));
  }

  private static String origin(String typed) {
    try {
      URI uri = new URI(typed.toLowerCase(Locale.ROOT));
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null;
      String path = uri.getRawPath();
      if (web && bare && uri.getHost() != null && (path.isEmpty() || path.equals("/"))) {
        int own = uri.getScheme().equals("https") ? 443 : 80;
        String port = uri.getPort() < 0 || uri.getPort() == own ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port;
      }
    } catch (URISyntaxException _) {
      // said below
    }
    throw new SettingsException(
        "'"
            + typed
            + "' is no origin: give scheme, host and port as in https://shop.example or"
            + " http://localhost:3000; there are no wildcards.");
  }

  /// Whether pages of that origin may call.
  public boolean allow(String origin) {
    return exact.contains(origin);
  }
}
