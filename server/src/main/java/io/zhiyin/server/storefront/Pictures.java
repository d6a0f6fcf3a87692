package io.zhiyin.server.storefront;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The pictures of a shop's products, from one folder and nothing outside of it.
public final class Pictures {
  /// A picture is never a page: an SVG opened by itself runs nothing and loads nothing.
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; sandbox";

  private static final int LARGEST = 8 << 20;
  private static final Map<String, String> TYPES =
      Map.of(
          "svg", "image/svg+xml",
          "png", "image/png",
          "jpg", "image/jpeg",
          "jpeg", "image/jpeg",
          "webp", "image/webp",
          "avif", "image/avif",
          "gif", "image/gif");

  private final Path folder;

  public Pictures(Path folder) {
    this.folder = folder;
  }

  /// The picture at that path under the folder, or nothing; links that lead out of the folder and
  /// files of other types count as nothing.
  public Optional<Page> file(String path) throws IOException {
    String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    if (type == null || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try {
      Path root = folder.toRealPath();
      Path named = root.resolve(path).normalize();
      if (path.startsWith("/") || !named.startsWith(root) || !Files.isRegularFile(named)) {
        return Optional.empty();
      }
      Path real = named.toRealPath();
      BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
      if (!real.startsWith(root) || attributes.size() > LARGEST) {
        return Optional.empty();
      }
      String tag =
          Long.toHexString(attributes.lastModifiedTime().toMillis())
              + "-"
              + Long.toHexString(attributes.size());
      return Optional.of(new Page(type, Files.readAllBytes(real), tag));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
