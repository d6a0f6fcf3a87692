package io.zhiyin.server.storefront;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// The storefront's own files: one page, style sheets and modules that lie beside this class.
public final class StorefrontPages {
  /// What the page may load: its own files, and nothing from any other host.
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
          + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]+\\.(js|css|svg|html)");
  private final ConcurrentHashMap<String, Optional<Page>> pages = new ConcurrentHashMap<>();

  /// The file of that name, or nothing.
  public Optional<Page> file(String name) {
    return NAME.matcher(name).matches()
        ? pages.computeIfAbsent(name, StorefrontPages::read)
        : Optional.empty();
  }

  private static Optional<Page> read(String name) {
    try (InputStream in = StorefrontPages.class.getResourceAsStream(name)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] body = in.readAllBytes();
      CRC32C crc = new CRC32C();
      crc.update(body);
      String tag = HexFormat.of().toHexDigits((int) crc.getValue());
      return Optional.of(new Page(contentType(name), body, tag));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String contentType(String name) {
    String type =
        switch (name.substring(name.lastIndexOf('.') + 1)) {
          case "js" -> "text/javascript";
          case "css" -> "text/css";
          case "html" -> "text/html";
          default -> "image/svg+xml";
        };
    return type + "; charset=utf-8";
  }
}
