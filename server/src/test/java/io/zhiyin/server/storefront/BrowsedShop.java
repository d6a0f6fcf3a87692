package io.zhiyin.server.storefront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.zhiyin.server.config.Capacity;
import io.zhiyin.server.config.ServerSettings;
import io.zhiyin.server.http.LiveServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A small shop with a past, on a real server, and a real Chromium to look at it. A test that needs
/// it is left out by name where there is no Chromium.
public final class BrowsedShop implements AutoCloseable {
  /// Nobody is sent away and no part of a list is late, however busy the machine is: a page asks
  /// for six lists at once, and what a server does that has no room is for other tests.
  private static final Capacity PATIENT =
      new Capacity(
          Duration.ofMinutes(1),
          Capacity.DEFAULT.lists(),
          Capacity.DEFAULT.writes(),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1));

  public final LiveServer server;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> foreign = new ArrayList<>();

  private BrowsedShop(LiveServer server) {
    this.server = server;
  }

  public static BrowsedShop open(Path data) {
    return open(data, settings -> settings);
  }

  /// The same on a server that is set up like that.
  static BrowsedShop open(Path data, UnaryOperator<ServerSettings> with) {
    Chromium.assumeThere();
    LiveServer first = LiveServer.start(data);
    fill(first);
    first.close();
    LiveServer server =
        LiveServer.start(
            data,
            settings -> with.apply(settings.withCapacity(PATIENT))); // its start makes the counts
    return new BrowsedShop(server);
  }

  private static void fill(LiveServer server) {
    String[] categories = {"Tea|茶", "Lamps|灯具", "Shoes|鞋靴"};
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < 36; i++) {
      String[] names = categories[i % 3].split("\\|", -1);
      items.append(
          """
          {"itemId":"p%d","title":"%s %d","price":%d,"currency":"CNY","stock":9,"brand":"Brand %d","categories":["%s"],"attributes":{"title_zh":"%s第%d号","title_en":"%s no. %d","category_zh":"%s"}}
          """
              .formatted(
                  i, names[0], i, 10 + i, i % 4, names[0], names[1], i, names[0], i, names[1]));
    }
    assertEquals(
        200,
        server
            .send(
                server
                    .request("/v1/items")
                    .header("Content-Type", "application/x-ndjson")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(items.toString())))
            .status());
    for (int u = 0; u < 12; u++) {
      for (int k = 0; k < 10; k++) {
        server.post(
            "/v1/events",
            "{\"eventType\":\"%s\",\"eventId\":\"h%d-%d\",\"userId\":\"shopper%d\",\"items\":[{\"itemId\":\"p%d\"}]}"
                .formatted(
                    k % 4 == 3 ? "purchase-complete" : "detail-page-view",
                    u,
                    k,
                    u,
                    (u % 3 + 3 * (k + u)) % 36));
      }
    }
  }

  /// A shopper's browser, as it comes from the shelf.
  public BrowserContext shopper(Browser.NewContextOptions options) {
    complaints.clear();
    foreign.clear();
    BrowserContext context = Chromium.browser().newContext(options);
    context.setDefaultTimeout(20_000);
    return context;
  }

  /// The shop's first page in it, with its first list.
  Page page(BrowserContext shopper, String language) {
    Page page = visit(shopper, server.url() + "/?lang=" + language);
    page.waitForSelector("[data-scenario=home-feed] .card");
    return page;
  }

  /// Any page of a server in it; its complaints are kept.
  public Page visit(BrowserContext shopper, String url) {
    Page page = shopper.newPage();
    String host = url.substring(0, url.indexOf('/', "http://".length()));
    page.onConsoleMessage(
        message -> {
          if (List.of("error", "warning").contains(message.type())) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onRequest(
        request -> {
          if (!request.url().startsWith(host) && !request.url().matches("(data|blob):.*")) {
            foreign.add(request.url());
          }
        });
    page.navigate(url);
    return page;
  }

  /// The browser's console says that, as it must where a test makes it happen.
  void assertComplaintOf(String what) {
    assertTrue(complaints.removeIf(text -> text.contains(what)), complaints::toString);
  }

  public void assertNothingToComplainOf() {
    assertEquals(List.of(), complaints, "the browser's console is silent");
    assertEquals(List.of(), foreign, "no request leaves for another host");
  }

  @Override
  public void close() {
    server.close();
  }
}
