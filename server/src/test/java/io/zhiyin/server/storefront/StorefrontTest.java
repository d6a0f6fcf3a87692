package io.zhiyin.server.storefront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.zhiyin.server.http.LiveServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The storefront in a real browser. Needs Chromium; is left out by name where there is none.
class StorefrontTest {
  @TempDir static Path data;
  private static BrowsedShop shop;
  private static LiveServer server;

  private BrowserContext context;

  @BeforeAll
  static void start() {
    shop = BrowsedShop.open(data);
    server = shop.server;
  }

  @AfterAll
  static void stop() {
    if (shop != null) {
      shop.close();
    }
  }

  @AfterEach
  void leave() {
    context.close();
    shop.assertNothingToComplainOf();
  }

  private Page open(Browser.NewContextOptions options, String language) {
    context = shop.shopper(options);
    return shop.page(context, language);
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
      page.click("[data-act=buy-cart]");
      page.waitForSelector("[data-bought]");
      assertTrue(page.locator(".badge").isHidden(), "the cart is empty");
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
    void asksAgainForAListThatTheShopHadNoRoomFor() {
      Page page = open(desktop(), "en");
      AtomicInteger asked = new AtomicInteger();
      page.route(
          "**/v1/recommendations/home-feed?*",
          route -> {
            if (asked.incrementAndGet() > 1) {
              route.resume();
              return;
            }
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(503)
                    .setHeaders(Map.of("Retry-After", "0"))
                    .setBody("{}"));
          });
      page.reload();
      page.waitForSelector("[data-scenario=home-feed] .card");
      assertEquals(2, asked.get());
      assertEquals(0, page.locator("[role=alert]").count());
      shop.assertComplaintOf("503");
    }

    @Test
    void answersASearchWhereNothingCanBeStored() {
      Page page = open(desktop(), "en");
      page.route("**/v1/events", route -> {}); // the shop hears nothing and answers nothing
      page.fill("[role=combobox]", "lamps");
      page.keyboard().press("Enter");
      page.waitForSelector("[data-scenario=search-rerank] .card");
      page.unroute("**/v1/events");
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
    void aTouchSendsAwayTheLineThatLiesOverTheProducts() {
      Page page = open(phone(), "zh");
      page.click("[data-scenario=home-feed] .plus >> nth=0");
      page.waitForSelector("#noticed:has-text('毫秒重排')");
      page.click(".hello");
      assertEquals("", page.textContent("#noticed"));
      page.click("[data-scenario=home-feed] .plus >> nth=1");
      page.waitForSelector("#noticed:has-text('毫秒重排')");
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
      context = shop.shopper(desktop());
      assertTrue(
          server.get("/").header("Content-Security-Policy").startsWith("default-src 'none'"));
      assertEquals("nosniff", server.get("/assets/app.js").header("X-Content-Type-Options"));
      assertEquals(404, server.get("/assets/..%2F..%2FMain.class").status());
      assertEquals(404, server.get("/images/..%2FFORMAT").status());
      assertEquals(404, server.get("/images/%2Fetc%2Fpasswd").status());
    }
  }
}
