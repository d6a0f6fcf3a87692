package io.zhiyin.server.http;

import io.zhiyin.server.console.ConsolePages;
import io.zhiyin.server.storefront.StorefrontPages;
import java.util.List;
import java.util.Set;

/// The console's files. They are public, as they hold nothing of a shop: what they show comes from
/// calls that ask for an admin's key.
final class ConsoleCalls {
  private final ConsolePages pages = new ConsolePages();

  List<Route> routes() {
    return List.of(
        Route.get("/console", Access.PUBLIC, Set.of("lang"), call -> page(call, "index.html")),
        Route.get(
            "/console/assets/{file}",
            Access.PUBLIC,
            Set.of(),
            call -> page(call, call.path("file"))));
  }

  private Answer page(Call call, String name) {
    return FileAnswer.of(
        call, pages.file(name), StorefrontPages.CONTENT_SECURITY_POLICY, FileAnswer.ASK_AGAIN);
  }
}
