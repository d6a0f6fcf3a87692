package io.zhiyin.server.storefront;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A file as it goes to a browser.
///
/// @param packed the body in gzip, or null where that would not make it smaller
/// @param tag changes with the content; the `ETag` without its quotes
public record Page(String contentType, byte[] body, byte @Nullable [] packed, String tag) {
  /// A file that is sent only as it is, because it is packed by nature.
  public Page(String contentType, byte[] body, String tag) {
    this(contentType, body, null, tag);
  }

  /// The body in gzip, where that is smaller.
  public Optional<byte[]> inGzip() {
    return Optional.ofNullable(packed);
  }
}
