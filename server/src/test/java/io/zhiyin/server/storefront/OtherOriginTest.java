package io.zhiyin.server.storefront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import io.zhiyin.server.config.Origins;
import io.zhiyin.server.config.Role;
import io.zhiyin.server.config.SettingsException;
import io.zhiyin.server.http.LiveServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A shop's own page, from another port, with the tracker of a Zhiyin that has keys: what the page
/// may call, and what it may not.
class OtherOriginTest {
  @TempDir static Path data;
  private static HttpServer invited;
  private static HttpServer stranger;
  private static BrowsedShop shop;
  private static String browserKey;
  private static String adminKey;

  @BeforeAll
  static void start() throws IOException {
    invited = website();
    stranger = website();
    shop =
        BrowsedShop.open(
            data, settings -> settings.withOrigins(Origins.of(List.of(origin(invited)))));
    browserKey = LiveServer.key(data, Role.BROWSER, "default");
    adminKey = LiveServer.key(data, Role.ADMIN, "default");
  }

  @AfterAll
  static void stop() {
    invited.stop(0);
    stranger.stop(0);
    if (shop != null) {
      shop.close();
    }
  }

  private static HttpServer website() throws IOException {
    HttpServer site =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext(
        "/",
        exchange -> {
          String html =
              "<!doctype html><title>A shop</title><h1>A shop</h1><script src='%s/zhiyin.js' data-key='%s'></script>"
                  .formatted(shop.server.url(), browserKey);
          byte[] body = html.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    site.start();
    return site;
  }

  private static String origin(HttpServer site) {
    return "http://127.0.0.1:" + site.getAddress().getPort();
  }

  private static Object on(HttpServer site, String script, Object argument) {
    try (BrowserContext visitor = shop.shopper(new Browser.NewContextOptions())) {
      Page page = visitor.newPage();
      page.navigate(origin(site) + "/");
      return page.evaluate(script, argument);
    }
  }

  /// The status that the page can read, or why it cannot.
  private static String call(HttpServer site, String method, String path, String key) {
    String script =
        "([method, url, key]) => fetch(url, {method, headers: {'X-Api-Key': key, 'Content-Type':"
            + " 'application/json'}, ...(method === 'GET' ? {} : {body: '{}'})})"
            + ".then((r) => String(r.status), () => 'kept away')";
    return String.valueOf(on(site, script, List.of(method, shop.server.url() + path, key)));
  }

  @Test
  void theTrackerStoresEventsFromAnInvitedPage() {
    Object stored =
        on(
            invited,
            "async () => JSON.stringify(await window.zhiyin.track('detail-page-view',"
                + " [{itemId: 'p1'}]))",
            null);
    assertEquals("{\"stored\":true}", stored);
  }

  @Test
  void anInvitedPageAsksForListsAndSearches() {
    assertEquals(
        "200", call(invited, "GET", "/v1/recommendations/home-feed?visitorId=v", browserKey));
    assertEquals("200", call(invited, "GET", "/v1/search?q=lamps&visitorId=v", browserKey));
    assertEquals("400", call(invited, "GET", "/v1/search?q=&visitorId=v", browserKey));
  }

  @Test
  void whateverKeyItHasItMakesNoCallOfAnAdministrator() {
    assertEquals("kept away", call(invited, "GET", "/v1/models", adminKey));
    assertEquals("kept away", call(invited, "PUT", "/v1/items/p1", adminKey));
    assertEquals("kept away", call(invited, "GET", "/v1/users/shopper1/profile", adminKey));
    assertTrue(shop.server.get("/v1/items/p1", adminKey).json().has("title"), "nothing was put");
  }

  @Test
  void aPageThatWasNotInvitedCallsNothing() {
    assertEquals(
        "kept away",
        call(stranger, "GET", "/v1/recommendations/home-feed?visitorId=v", browserKey));
    assertEquals("kept away", call(stranger, "POST", "/v1/events", browserKey));
  }

  @Test
  void theQuestionBeforeACallIsAnsweredForExactlyThatOrigin() {
    LiveServer.Reply asked = ask(origin(invited), "POST", "/v1/events");
    assertEquals(204, asked.status());
    assertEquals(origin(invited), asked.header("Access-Control-Allow-Origin"));
    assertEquals("POST", asked.header("Access-Control-Allow-Methods"));
    assertEquals("Origin", asked.header("Vary"));
    assertEquals(403, ask(origin(stranger), "POST", "/v1/events").status());
    assertEquals(403, ask("null", "POST", "/v1/events").status());
    assertEquals(403, ask(origin(invited) + "0", "POST", "/v1/events").status());
    assertEquals(403, ask(origin(invited), "DELETE", "/v1/items/p1").status());
    assertEquals(405, ask(origin(invited), "DELETE", "/v1/events").status());
  }

  private static LiveServer.Reply ask(String origin, String method, String path) {
    return shop.server.send(
        shop.server
            .request(path)
            .header("Origin", origin)
            .header("Access-Control-Request-Method", method)
            .method("OPTIONS", java.net.http.HttpRequest.BodyPublishers.noBody()));
  }

  @Test
  void anOriginIsExact() {
    assertTrue(Origins.of(List.of("https://Shop.example:443/")).allow("https://shop.example"));
    for (String wrong :
        List.of("*", "https://*", "shop.example", "https://shop.example/path", "null", "ftp://x")) {
      assertThrows(SettingsException.class, () -> Origins.of(List.of(wrong)), wrong);
    }
  }
}
