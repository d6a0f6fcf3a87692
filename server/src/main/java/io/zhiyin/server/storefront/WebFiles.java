package io.zhiyin.server.storefront;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;

/// Files of web pages that lie beside a class, each read and packed once, and nothing else: a name
/// has no folders.
public final class WebFiles {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]+\\.(js|css|svg|html)");

  private final Class<?> beside;
  private final Map<String, String> elsewhere;
  private final ConcurrentHashMap<String, Optional<Page>> pages = new ConcurrentHashMap<>();

  /// @param elsewhere files that lie in a library: name → path in the class path
  public WebFiles(Class<?> beside, Map<String, String> elsewhere) {
    this.beside = beside;
    this.elsewhere = Map.copyOf(elsewhere);
  }

  /// The file of that name, or nothing.
  public Optional<Page> file(String name) {
    return NAME.matcher(name).matches()
        ? pages.computeIfAbsent(name, this::read)
        : Optional.empty();
  }

  private Optional<Page> read(String name) {
    try (InputStream in = beside.getResourceAsStream(elsewhere.getOrDefault(name, name))) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] body = in.readAllBytes();
      byte[] packed = packed(body);
      CRC32C crc = new CRC32C();
      crc.update(body);
      String tag = HexFormat.of().toHexDigits((int) crc.getValue());
      return Optional.of(
          new Page(contentType(name), body, packed.length < body.length ? packed : null, tag));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] packed(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    }
    return bytes.toByteArray();
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
