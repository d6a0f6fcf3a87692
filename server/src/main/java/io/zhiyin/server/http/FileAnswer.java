package io.zhiyin.server.http;

import io.zhiyin.server.storefront.Page;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A file for a browser: not at all when it has it already, and packed when it takes that.
final class FileAnswer {
  static final String ASK_AGAIN = "no-cache";
  static final String A_DAY = "public, max-age=86400";

  private FileAnswer() {}

  /// @param policy what the file may load when it is opened by itself
  /// @throws ProblemException when there is no such file
  static Answer of(Call call, Optional<Page> found, String policy, String caching) {
    Page page =
        found.orElseThrow(
            () -> new ProblemException(Problem.Kind.NOT_FOUND, "There is no such file."));
    Optional<byte[]> packed = call.takesGzip() ? page.inGzip() : Optional.empty();
    String tag = '"' + page.tag() + (packed.isPresent() ? "-gzip" : "") + '"';
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Security-Policy", policy);
    headers.put("Cache-Control", caching);
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("ETag", tag);
    if (page.inGzip().isPresent()) {
      headers.put("Vary", "Accept-Encoding");
    }
    if (call.ifNoneMatch().equals(tag)) {
      return new Answer(304, "", new byte[0], headers);
    }
    packed.ifPresent(_ -> headers.put("Content-Encoding", "gzip"));
    return new Answer(200, page.contentType(), packed.orElse(page.body()), headers);
  }
}
