package io.zhiyin.server.http;

import io.zhiyin.server.storefront.Page;
import io.zhiyin.server.storefront.Pictures;
import io.zhiyin.server.storefront.StorefrontPages;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The storefront's files and the shop's pictures.
final class StorefrontCalls {
  private static final String ASK_AGAIN = "no-cache";
  private static final String A_DAY = "public, max-age=86400";

  private final StorefrontPages pages = new StorefrontPages();
  private final Pictures pictures;

  StorefrontCalls(Pictures pictures) {
    this.pictures = pictures;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/", Access.PUBLIC, Set.of("lang"), call -> page(call, "index.html")),
        Route.get("/assets/{file}", Access.PUBLIC, Set.of(), call -> page(call, call.path("file"))),
        Route.get("/zhiyin.js", Access.PUBLIC, Set.of(), call -> page(call, "zhiyin.js")),
        Route.get("/favicon.ico", Access.PUBLIC, Set.of(), call -> page(call, "mark.svg")),
        Route.get("/images/{path*}", Access.PUBLIC, Set.of(), this::picture));
  }

  private Answer page(Call call, String name) {
    return answer(call, pages.file(name), StorefrontPages.CONTENT_SECURITY_POLICY, ASK_AGAIN);
  }

  private Answer picture(Call call) throws IOException {
    Optional<Page> picture = pictures.file(call.path("path"));
    return answer(call, picture, Pictures.CONTENT_SECURITY_POLICY, A_DAY);
  }

  private static Answer answer(Call call, Optional<Page> found, String policy, String caching) {
    Page page =
        found.orElseThrow(
            () -> new ProblemException(Problem.Kind.NOT_FOUND, "There is no such file."));
    String tag = '"' + page.tag() + '"';
    Map<String, String> headers =
        Map.of(
            "Content-Security-Policy", policy,
            "Cache-Control", caching,
            "Referrer-Policy", "no-referrer",
            "ETag", tag);
    return call.ifNoneMatch().equals(tag)
        ? new Answer(304, "", new byte[0], headers)
        : new Answer(200, page.contentType(), page.body(), headers);
  }
}
