package io.zhiyin.server.storefront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.zhiyin.server.http.LiveServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The storefront in a real browser. Needs Chromium; is left out by name where there is none.
class StorefrontTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  @TempDir static Path data;
  private static LiveServer server;
  private static Playwright playwright;
  private static Browser browser;

  private final List<String> complaints = new ArrayList<>();
  private final List<String> foreign = new ArrayList<>();
  private BrowserContext context;

  @BeforeAll
  static void start() {
    assumeTrue(
        Files.isExecutable(CHROMIUM) || "true".equals(System.getenv("CI")),
        "needs " + CHROMIUM + " (apt-get install chromium)");
    server = LiveServer.start(data);
    fill();
    server.close();
    server = LiveServer.start(data); // the counts behind the lists are made at the start
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  @AfterAll
  static void stop() {
    if (playwright != null) {
      playwright.close();
      server.close();
    }
  }

  @BeforeEach
  void forget() {
    complaints.clear();
    foreign.clear();
  }

  @AfterEach
  void leave() {
    context.close();
    assertEquals(List.of(), complaints, "the browser's console is silent");
    assertEquals(List.of(), foreign, "no request leaves for another host");
  }

  private static void fill() {
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

  private Page open(Browser.NewContextOptions options, String language) {
    context = browser.newContext(options);
    context.setDefaultTimeout(20_000);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (List.of("error", "warning").contains(message.type())) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onRequest(
        request -> {
          if (!request.url().startsWith(server.url()) && !request.url().startsWith("data:")) {
            foreign.add(request.url());
          }
        });
    page.navigate(server.url() + "/?lang=" + language);
    page.waitForSelector("[data-scenario=home-feed] .card");
    return page;
  }

  private static Browser.NewContextOptions desktop() {
    return new Browser.NewContextOptions().setViewportSize(1360, 900);
  }

  private static Browser.NewContextOptions phone() {
    return new Browser.NewContextOptions()
        .setViewportSize(390, 844)
        .setColorScheme(ColorScheme.DARK);
  }

  private static List<String> feed(Page page) {
    List<String> ids = new ArrayList<>();
    page.locator("[data-scenario=home-feed] .card")
        .all()
        .forEach(card -> ids.add(card.getAttribute("data-item")));
    return ids;
  }

  private static void keep(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", name + ".png")));
  }

  @Nested
  class InEnglishOnADesk {
    @Test
    void showsProductsAndFollowsWhatTheShopperDoes() {
      Page page = open(desktop(), "en");
      assertEquals("For you", page.textContent("[data-scenario=home-feed] h2"));
      List<String> before = feed(page);
      page.click("[data-scenario=home-feed] .card h3 a >> nth=0");
      page.waitForSelector("[data-scenario=similar-items] .card");
      assertTrue(page.textContent("#noticed").contains("you opened"), "what was noticed is told");
      page.click("[data-act=cart]");
      page.waitForSelector(".badge:not([hidden])");
      assertEquals("1", page.textContent(".badge"));
      page.waitForSelector("#noticed:has-text('lists remade')");
      page.click(".brand");
      page.waitForSelector("[data-scenario=recently-viewed] .card");
      assertEquals(
          before.getFirst(),
          page.getAttribute("[data-scenario=recently-viewed] .card >> nth=0", "data-item"));
      page.waitForSelector("[data-scenario=home-feed] .card");
      assertNotEquals(before, feed(page), "the list changed");
      keep(page, "storefront-en-desktop");
    }

    @Test
    void saysWhyAndSellsTheCart() {
      Page page = open(desktop(), "en");
      page.click("[data-scenario=home-feed] .why >> nth=0");
      assertTrue(page.locator(".reasons li").count() >= 1);
      page.keyboard().press("Escape");
      page.click("[data-scenario=home-feed] .plus >> nth=0");
      page.waitForSelector(".badge:not([hidden])");
      page.click("[data-act=open-cart]");
      page.waitForSelector("dialog [data-scenario=cart] .card");
      page.click("[data-act=checkout]");
      page.waitForSelector("dialog .empty");
      page.waitForSelector("#noticed:has-text('you bought')");
    }

    @Test
    void letsAKnownShopperIn() {
      Page page = open(desktop(), "en");
      page.click("[data-act=people]");
      page.click(".person >> nth=1");
      page.waitForSelector(".hello h1:has-text('Hello, shopper')");
      page.waitForSelector("[data-scenario=recently-viewed] .card");
    }

    @Test
    void canBeUsedByKeyboardAlone() {
      Page page = open(desktop(), "en");
      page.keyboard().press("Tab");
      assertEquals("skip", page.evaluate("document.activeElement.className"));
      page.focus("[data-scenario=home-feed] .card h3 a >> nth=2");
      page.keyboard().press("Enter");
      page.waitForSelector(".product h1");
      page.focus("[data-act=save]");
      page.keyboard().press("Enter");
      page.waitForSelector("[data-act=save][aria-pressed=true]");
    }
  }

  @Nested
  class InChineseOnAPhone {
    @Test
    void speaksChineseEverywhereAndFits() {
      Page page = open(phone(), "zh");
      assertEquals("zh-CN", page.getAttribute("html", "lang"));
      assertEquals("为你推荐", page.textContent("[data-scenario=home-feed] h2"));
      assertTrue(page.textContent("[data-scenario=home-feed] .card h3").contains("第"));
      page.waitForSelector(".cats a:has-text('灯具')");
      page.click("[data-scenario=home-feed] .plus >> nth=0");
      page.waitForSelector("#noticed:has-text('毫秒重排')");
      assertTrue(
          (int) page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0,
          "nothing sticks out at the side");
      keep(page, "storefront-zh-phone");
    }

    @Test
    void remembersTheLanguage() {
      Page page = open(phone(), "zh");
      page.navigate(server.url() + "/");
      page.waitForSelector("[data-scenario=home-feed] .card");
      assertEquals("为你推荐", page.textContent("[data-scenario=home-feed] h2"));
      page.click("[data-act=lang]");
      page.waitForSelector("[data-scenario=home-feed] h2:has-text('For you')");
    }
  }

  @Nested
  class ItsFiles {
    @Test
    void areLockedToTheirOwnHostAndFolder() {
      context = browser.newContext();
      assertTrue(
          server.get("/").header("Content-Security-Policy").startsWith("default-src 'none'"));
      assertEquals("nosniff", server.get("/assets/app.js").header("X-Content-Type-Options"));
      assertEquals(404, server.get("/assets/..%2F..%2FMain.class").status());
      assertEquals(404, server.get("/images/..%2FFORMAT").status());
      assertEquals(404, server.get("/images/%2Fetc%2Fpasswd").status());
    }
  }
}
