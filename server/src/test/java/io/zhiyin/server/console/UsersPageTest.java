package io.zhiyin.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import io.zhiyin.server.http.LiveServer;
import org.junit.jupiter.api.Test;

/// The console's pages of users in a real browser, over a small shop with a past.
class UsersPageTest extends BrowsedConsole {
  @Test
  void findAUserByTheBeginningOfTheId() {
    try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
      Page page = browser.open("en", "/users");
      page.fill("#prefix", "shopper1");
      page.waitForSelector("h2:has-text('begins with “shopper1”')");
      assertEquals(3, page.locator("tbody tr").count(), "shopper1, shopper10 and shopper11");
      ConsoleBrowser.assertWellMade(page);
      page.reload();
      page.waitForSelector("h2:has-text('begins with “shopper1”')");
      page.click("tbody tr >> nth=0 >> a");
      page.waitForSelector("h1:has-text('shopper1')");
    }
  }

  @Test
  void showWhatIsKnownAndTheListOfEachScenario() {
    try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
      Page page = browser.open("en", "/users/shopper2");
      page.waitForSelector(".plot[data-drawn]");
      page.waitForSelector(".tabled:has(caption:has-text('The list at this moment')) tbody tr");
      page.waitForSelector(".heat");
      ConsoleBrowser.keep(page, "user-en-desk");
      ConsoleBrowser.assertWellMade(page);
      page.selectOption("#scenario", "similar-items");
      page.waitForSelector("#page-item:visible");
      page.waitForSelector(".pill:has-text('content')");
      assertTrue(page.url().endsWith("scenario=similar-items"), page.url());
    }
  }

  @Test
  void sayWhyAnItemIsNotThere() {
    try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
      Page page = browser.open("en", "/users/shopper2");
      page.waitForSelector("#why-item");
      page.fill("#why-item", "no-such-item");
      page.keyboard().press("Enter");
      page.waitForSelector("[data-code=unknown-item]");
      shop.server.method("PATCH", "/v1/items/p5", "{\"stock\":0}");
      page.waitForResponse(
          answer -> answer.url().contains("/v1/explanations/"),
          () -> page.click("button:has-text('Make it anew')"));
      page.fill("#why-item", "p5");
      page.keyboard().press("Enter");
      page.waitForSelector("[data-code=filtered]");
      assertTrue(page.textContent("[data-code]").contains("sold out"));
      shop.server.method("PATCH", "/v1/items/p5", "{\"stock\":9}");
    }
  }

  @Test
  void countNowhere() {
    String before = lists();
    try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
      Page page = browser.open("en", "/users/shopper4");
      page.waitForSelector("#why-item");
    }
    assertEquals(before, lists());
  }

  private static String lists() {
    LiveServer.Reply meters = shop.server.get("/metrics");
    return meters
        .response()
        .body()
        .lines()
        .filter(line -> line.startsWith("zhiyin_recommendation"))
        .sorted()
        .reduce("", (a, b) -> a + b + "\n");
  }

  @Test
  void speakChineseAndFitAPhone() {
    try (ConsoleBrowser browser = ConsoleBrowser.phone(shop)) {
      Page page = browser.open("zh", "/users");
      page.waitForSelector("tbody tr");
      ConsoleBrowser.keep(page, "users-zh-phone");
      ConsoleBrowser.assertWellMade(page);
      page.navigate(shop.server.url() + "/console?lang=zh#/users/shopper2");
      page.waitForSelector("h2:has-text('此刻的推荐')");
      page.waitForSelector(".plot[data-drawn]");
      page.waitForSelector("#why-item");
      ConsoleBrowser.keep(page, "user-zh-phone");
      ConsoleBrowser.assertWellMade(page);
    }
  }
}
