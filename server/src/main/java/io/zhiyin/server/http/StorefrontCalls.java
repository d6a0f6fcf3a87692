package io.zhiyin.server.http;

import io.zhiyin.server.storefront.Pictures;
import io.zhiyin.server.storefront.StorefrontPages;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// The storefront's files and the shop's pictures.
final class StorefrontCalls {
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
    return FileAnswer.of(
        call, pages.file(name), StorefrontPages.CONTENT_SECURITY_POLICY, FileAnswer.ASK_AGAIN);
  }

  private Answer picture(Call call) throws IOException {
    return FileAnswer.of(
        call, pictures.file(call.path("path")), Pictures.CONTENT_SECURITY_POLICY, FileAnswer.A_DAY);
  }
}
