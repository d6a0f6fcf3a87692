package io.zhiyin.server.storefront;

import java.util.Map;
import java.util.Optional;

/// The storefront's own files: one page, style sheets and modules that lie beside this class.
public final class StorefrontPages {
  /// What the page may load: its own files, and nothing from any other host.
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
          + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final WebFiles files = new WebFiles(StorefrontPages.class, Map.of());

  /// The file of that name, or nothing.
  public Optional<Page> file(String name) {
    return files.file(name);
  }
}
