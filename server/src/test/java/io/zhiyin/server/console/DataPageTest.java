package io.zhiyin.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The console's page of data in a real browser.
class DataPageTest extends BrowsedConsole {
  private static void event(String user, String type, String item) {
    String json =
        "{\"eventType\":\"%s\",\"userId\":\"%s\",\"items\":[{\"itemId\":\"%s\"}]}"
            .formatted(type, user, item);
    assertEquals(200, shop.server.post("/v1/events", json).status());
  }

  @Nested
  class TheStream {
    @Test
    void showsAnEventThatComesAndFilters() {
      try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
        Page page = browser.open("en", "/data");
        page.waitForSelector("[data-live=true]");
        page.waitForSelector("tr[data-offset]");
        event("just-now", "add-to-cart", "p3");
        page.waitForSelector("tr[data-offset]:has-text('just-now')");
        ConsoleBrowser.keep(page, "data-en-desk");
        ConsoleBrowser.assertWellMade(page);
        page.selectOption("#kind", "purchase-complete");
        // the old rows stay, or none are there, until the answer comes: wait for both at once
        page.waitForCondition(
            () ->
                page.locator("tr[data-offset]:has-text('bought')").count() > 0
                    && page.locator("tr[data-offset]:not(:has-text('bought'))").count() == 0);
        page.fill("#shopper", "shopper3");
        page.waitForURL(url -> url.contains("shopper=shopper3") && url.contains("purchase"));
        page.waitForCondition(
            () ->
                page.locator("tr[data-offset]:has-text('shopper3')").count() == 2
                    && page.locator("tr[data-offset]:not(:has-text('shopper3'))").count() == 0);
        page.click("tr[data-offset] >> nth=0 >> button");
        page.waitForSelector("dialog pre:has-text('\"eventType\": \"purchase-complete\"')");
        ConsoleBrowser.assertWellMade(page);
      }
    }

    @Test
    void goesBackToOlderEvents() {
      try (ConsoleBrowser browser = ConsoleBrowser.phone(shop)) {
        Page page = browser.open("zh", "/data");
        page.waitForSelector("tr[data-offset]");
        assertEquals(50, page.locator("tr[data-offset]").count());
        page.click("[data-act=older]");
        page.waitForCondition(() -> page.locator("tr[data-offset]").count() == 100);
        page.evaluate("scrollTo(0, 0)");
        ConsoleBrowser.keep(page, "data-zh-phone");
        ConsoleBrowser.assertWellMade(page);
      }
    }
  }

  @Nested
  class AnImport {
    private static final String TABLE =
        """
        userId,itemId,eventType,eventTime
        imported,p1,purchase,2026-03-01T10:00:00Z
        imported,p2,dance,2026-03-01T10:00:00Z
        imported,p4,pv,2026-03-01T10:01:00Z
        """;

    private static void choose(Page page) {
      page.setInputFiles(
          "#file",
          new FilePayload("march.csv", "text/csv", TABLE.getBytes(StandardCharsets.UTF_8)));
      page.click("[data-act=import]");
    }

    @Test
    void goesFromTheBrowserIntoTheShopWithItsRejectsNamed() {
      try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
        Page page = browser.open("en", "/data/imports");
        page.waitForSelector("[data-act=import]");
        choose(page);
        page.waitForSelector("[data-state=done]");
        String row = page.textContent("[data-rejects='1'] tbody tr");
        assertTrue(row.contains("3") && row.contains("dance"), row);
        page.waitForSelector("tbody tr:has-text('march.csv')");
        ConsoleBrowser.keep(page, "imports-en-desk");
        ConsoleBrowser.assertWellMade(page);
        assertEquals(200, shop.server.get("/v1/users/imported/profile").status());
      }
    }

    @Test
    void canBeCheckedOnlyAndFitsAPhone() {
      try (ConsoleBrowser browser = ConsoleBrowser.phone(shop)) {
        Page page = browser.open("zh", "/data/imports");
        page.waitForSelector("[data-act=import]");
        page.check("#checkOnly");
        choose(page);
        page.waitForSelector("[data-state=checked]");
        page.click("details summary:has-text('列、时间与编码')");
        ConsoleBrowser.keep(page, "imports-zh-phone");
        ConsoleBrowser.assertWellMade(page);
      }
    }
  }

  @Nested
  class TheSchema {
    @Test
    void saysWhatTheDoorsTake() {
      try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
        Page page = browser.open("zh", "/data/schema");
        page.waitForSelector("summary:has-text('rating')");
        page.click("summary:has-text('rating')");
        String row = page.textContent("details[open] tr:has-text('value')");
        assertTrue(row.contains("是") && row.contains("4.5"), row);
        ConsoleBrowser.keep(page, "schema-zh-desk");
        ConsoleBrowser.assertWellMade(page);
      }
    }
  }

  @Nested
  class AReplay {
    @Test
    void stepsThroughAUsersPast() {
      try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
        Page page = browser.open("en", "/data/replay");
        page.fill("#user", "shopper1");
        page.click("button:has-text('Replay')");
        page.waitForSelector("output:has-text('event 10 of 10')");
        page.click("[data-act=back]");
        page.waitForSelector("output:has-text('event 9 of 10')");
        page.waitForURL(url -> url.contains("at=9"));
        assertTrue(page.locator(".slate li").count() > 0, "the list as of then");
        ConsoleBrowser.keep(page, "replay-en-desk");
        ConsoleBrowser.assertWellMade(page);
        page.focus("#at");
        page.keyboard().press("Home");
        page.waitForSelector("output:has-text('event 1 of 10')");
        assertTrue(page.locator("[data-act=back]").isDisabled());
      }
    }

    @Test
    void fitsAPhoneInChinese() {
      try (ConsoleBrowser browser = ConsoleBrowser.phone(shop)) {
        Page page = browser.open("zh", "/data/replay/shopper2?at=4");
        page.waitForSelector("output:has-text('第 4 个事件，共 10 个')");
        page.waitForSelector("p:has-text('最感兴趣的类目：鞋靴')");
        ConsoleBrowser.keep(page, "replay-zh-phone");
        ConsoleBrowser.assertWellMade(page);
      }
    }
  }
}
