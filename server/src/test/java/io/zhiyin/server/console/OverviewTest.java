package io.zhiyin.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.zhiyin.engine.event.ShopId;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The console's pages of figures and of the system in a real browser, after ten shoppers saw three
/// items each; four clicked, two put it in the cart, and one bought.
class OverviewTest extends BrowsedConsole {
  @BeforeAll
  static void measured() throws IOException {
    for (int i = 0; i < 10; i++) {
      String list = "'recommendationId':'r" + i + "','scenario':'home-feed',";
      event(i, "impression", list, "a1", "a2", "a3");
      if (i < 4) {
        event(i, "click", list, "a1");
      }
      if (i < 2) {
        event(i, "add-to-cart", "", "a1");
      }
      if (i < 1) {
        event(i, "purchase-complete", "'attributes':{'currency':'CNY'},", "a1");
      }
    }
    event(0, "impression", "'recommendationId':'c0','scenario':'cart',", "a3");
    shop.server.method(
        "PUT", "/v1/rules", "{\"basedOn\":0,\"author\":\"li\",\"note\":\"none\",\"rules\":[]}");
    shop.server.running().shops().shop(ShopId.DEFAULT).store().measureNow();
  }

  private static void event(int who, String type, String more, String... items) {
    StringBuilder lines = new StringBuilder();
    for (String item : items) {
      lines.append(lines.isEmpty() ? "" : ",");
      lines.append("{'itemId':'").append(item).append("','quantity':1,'price':25}");
    }
    String json =
        "{'eventType':'%s','userId':'measured%d',%s'items':[%s]}".formatted(type, who, more, lines);
    assertEquals(200, shop.server.post("/v1/events", json.replace('\'', '"')).status());
  }

  private static void ready(Page page) {
    page.waitForSelector("[data-live=true]");
    page.waitForSelector("tbody tr");
    page.waitForSelector(".plot[data-drawn=true]");
  }

  @Nested
  class TheOverview {
    @Test
    void showsWhatTheListsBroughtInEnglish() {
      try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
        Page page = browser.open("en", "/overview");
        ready(page);
        String row = page.textContent("tbody tr:has-text('Home feed')");
        assertTrue(row.contains("30") && row.contains("13.3%"), row);
        assertTrue(row.contains("5.31% to 29.68%"), row);
        assertTrue(row.contains("¥25"), row);
        assertTrue(page.textContent("[data-step=cart]").contains("2 shoppers"));
        String cart = page.textContent("tbody tr:has-text('Cart')"); // a place, not what is done
        assertTrue(cart.startsWith("Cart1"), cart);
        assertTrue(page.textContent("[data-tile=ctr]").contains("12.9%"));
        ConsoleBrowser.assertWellMade(page);
        ConsoleBrowser.keep(page, "overview-en-desk");
      }
    }

    @Test
    void showsTheSameInChineseOnAPhone() {
      try (ConsoleBrowser browser = ConsoleBrowser.phone(shop)) {
        Page page = browser.open("zh", "/overview?days=1");
        ready(page);
        String row = page.textContent("tbody tr:has-text('首页推荐')");
        assertTrue(row.contains("5.31% 至 29.68%"), row);
        assertTrue(page.textContent("[data-step=cart]").contains("2 位顾客"));
        ConsoleBrowser.assertWellMade(page);
        ConsoleBrowser.keep(page, "overview-zh-phone");
      }
    }

    @Test
    void hasEachFiguresDefinitionOneClickAway() {
      try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
        Page page = browser.open("en", "/overview");
        ready(page);
        page.click("[data-tile=cart] .what");
        String text = page.textContent("dialog");
        assertTrue(text.contains("as a share of impressions"), text);
        assertTrue(text.contains("more than 240 events in one minute"), text);
        ConsoleBrowser.assertWellMade(page);
        page.keyboard().press("Escape");
        page.waitForCondition(() -> page.locator("dialog").count() == 0);
      }
    }

    @Test
    void keepsWhatIsChosenInItsAddress() {
      try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
        Page page = browser.open("en", "/overview");
        ready(page);
        page.selectOption("#span", "30");
        page.selectOption("#metric", "revenue");
        page.waitForURL(url -> url.contains("days=30") && url.contains("metric=revenue"));
        page.waitForSelector(".plot[aria-label='Revenue over time']");
        page.click(".figures summary");
        page.waitForSelector(".figures td:has-text('¥25')");
      }
    }

    @Test
    void saysWhatSomebodyShouldLookAtAndWhere() {
      try (ConsoleBrowser browser = ConsoleBrowser.phone(shop)) {
        Page page = browser.open("zh", "/users");
        String nothing = "{'value':null,'hits':0,'n':0}";
        String now =
            "data: {'eventsPerSecond':0,'recommendationsPerSecond':0,'recommendationsInMinute':0,'refusedInMinute':0,'lastHour':{'since':'2026-11-27T01:00:00Z','ctr':%1$s,'cartRate':%1$s,'purchaseRate':%1$s},'alerts':[{'code':'stale-model','en':'The model is old.','zh':'模型已旧。'},{'code':'overload','en':'Too much.','zh':'过载。'}]}\n\n"
                .formatted(nothing)
                .replace('\'', '"');
        page.route(
            "**/v1/live",
            route ->
                route.fulfill(
                    new Route.FulfillOptions().setContentType("text/event-stream").setBody(now)));
        page.click("nav a[href='#/overview']");
        page.waitForSelector("[data-code=overload]:has-text('过载。 系统')");
        ConsoleBrowser.assertWellMade(page);
        page.click("[data-code=stale-model] a");
        page.waitForSelector("h1:has-text('模型')");
      }
    }

    @Test
    void saysWhenAnEventHasComeWithinASecond() {
      try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
        Page page = browser.open("en", "/overview");
        ready(page);
        event(11, "detail-page-view", "", "a2");
        page.waitForCondition(
            () -> !Set.of("–", "0.0").contains(page.textContent("[data-tile=events] dd")));
      }
    }
  }

  @Nested
  class TheSystem {
    @Test
    void showsItsPartsAndWhoChangedWhat() {
      try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
        Page page = browser.open("en", "/system");
        page.waitForSelector("tbody tr:has-text('Rules saved')");
        assertEquals(5, page.locator(".health li").count());
        String row = page.textContent("tbody tr:has-text('Rules saved')");
        assertTrue(row.contains("this machine, without a key") && row.contains("author li"), row);
        ConsoleBrowser.assertWellMade(page);
        ConsoleBrowser.keep(page, "system-en-desk");
      }
    }

    @Test
    void makesABackupAndVerifiesItAndGivesItAway() {
      try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
        Page page = browser.open("en", "/system");
        page.click("[data-act=backup]");
        page.waitForSelector("[data-backup=done]:has-text('written and verified')");
        page.click("button:has-text('Verify')");
        page.waitForSelector("[data-backup=done]:has-text('number and checksum are right')");
        Download file = page.waitForDownload(() -> page.click("button:has-text('Download')"));
        assertTrue(file.suggestedFilename().contains(".jsonl.gz"), file.suggestedFilename());
        page.click("summary:has-text('How to restore')");
        assertTrue(page.textContent("pre").contains("zhiyin restore --data"));
        ConsoleBrowser.assertWellMade(page);
        ConsoleBrowser.keep(page, "backup-en-desk");
      }
    }

    @Test
    void showsThemInChineseOnAPhone() {
      try (ConsoleBrowser browser = ConsoleBrowser.phone(shop)) {
        Page page = browser.open("zh", "/system");
        page.waitForSelector("tbody tr:has-text('保存规则')");
        ConsoleBrowser.assertWellMade(page);
        ConsoleBrowser.keep(page, "system-zh-phone");
      }
    }
  }
}
