package io.zhiyin.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import io.zhiyin.server.config.Role;
import io.zhiyin.server.http.LiveServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The console's frame in a real browser. Needs Chromium; is left out by name where there is none.
class ConsoleTest extends BrowsedConsole {
  @Nested
  class TheFrame {
    @Test
    void drawAChartThatStandsOnThePageLongAfterItWasMade() {
      try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
        Page page = browser.open("en", "/system");
        page.waitForSelector("h1");
        page.evaluate(
            "async () => { const { chart } = await import('/console/assets/chart.js');"
                + " const made = chart({ label: 'late', option: () => ({ xAxis: { type: 'category', data: ['a'] },"
                + " yAxis: { type: 'value' }, series: [{ type: 'bar', data: [1] }] }) });"
                + " for (let i = 0; i < 5; i++) await new Promise(requestAnimationFrame);"
                + " document.querySelector('main').append(made); }");
        page.waitForSelector("[aria-label=late][data-drawn]");
      }
    }

    @Test
    void speaksBothLanguagesAndRemembers() {
      try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
        Page page = browser.open("en", "/users");
        page.waitForSelector("tbody tr");
        assertEquals("Users", page.textContent("main h1"));
        page.click("[data-act=lang]");
        page.waitForSelector("h1:has-text('用户')");
        assertEquals("zh-CN", page.getAttribute("html", "lang"));
        page.navigate(shop.server.url() + "/console#/users");
        page.waitForSelector("h1:has-text('用户')");
      }
    }

    @Test
    void switchesBetweenLightAndDark() {
      try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
        Page page = browser.open("en", "/users");
        page.waitForSelector("tbody tr");
        String background = "getComputedStyle(document.body).backgroundColor";
        Object light = page.evaluate(background);
        page.click("[data-act=theme]");
        assertTrue(!light.equals(page.evaluate(background)), "the page went dark");
        ConsoleBrowser.assertWellMade(page);
      }
    }

    @Test
    void saysThatAnAddressIsNone() {
      try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
        Page page = browser.open("en", "/nothing-of-that-name");
        page.waitForSelector("h1:has-text('There is no such page')");
        ConsoleBrowser.assertWellMade(page);
      }
    }

    @Test
    void isReachedByKeyboard() {
      try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
        Page page = browser.open("en", "/users");
        page.waitForSelector("tbody tr");
        page.keyboard().press("Tab");
        assertEquals("skip", page.evaluate("document.activeElement.className"));
      }
    }
  }

  @Nested
  class ATable {
    @Test
    void sortsFiltersAndGoesOutAsCsv() throws IOException {
      try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
        Page page = browser.open("en", "/users");
        page.waitForSelector("tbody tr");
        page.click("thead th:first-child button");
        assertEquals("ascending", page.getAttribute("thead th:first-child", "aria-sort"));
        page.keyboard().press("Enter");
        assertEquals("descending", page.getAttribute("thead th:first-child", "aria-sort"));
        page.fill(".tools input", "shopper3");
        page.waitForCondition(() -> page.locator("tbody tr").count() == 1);
        Download download = page.waitForDownload(() -> page.click(".tools .btn"));
        String csv = Files.readString(download.path(), StandardCharsets.UTF_8);
        assertEquals(2, csv.lines().count(), csv);
        assertTrue(csv.contains("shopper3"), csv);
      }
    }
  }

  @Nested
  class WhereThereAreKeys {
    @Test
    void onlyAnAdminsKeyOpensIt(@TempDir Path locked) {
      String admin = LiveServer.key(locked, Role.ADMIN, "default");
      String browserKey = LiveServer.key(locked, Role.BROWSER, "default");
      try (LiveServer server = LiveServer.start(locked);
          BrowserContext context =
              shop.shopper(new com.microsoft.playwright.Browser.NewContextOptions())) {
        Page page = shop.visit(context, server.url() + "/console?lang=en");
        page.waitForSelector("[data-key]");
        ConsoleBrowser.assertWellMade(page);
        page.fill("#key", "zy_nobody.x");
        page.keyboard().press("Enter");
        page.waitForSelector("#why:has-text('does not know')");
        page.fill("#key", browserKey);
        page.keyboard().press("Enter");
        page.waitForSelector("#why:has-text('may do less')");
        page.fill("#key", admin);
        page.keyboard().press("Enter");
        page.waitForSelector("#side a");
        page.click("[data-act=leave]");
        page.waitForSelector("[data-key]");
        assertEquals(0, page.locator("#side a").count(), "nothing of the shop is left");
      }
    }
  }

  @Nested
  class ItsFiles {
    @Test
    void arePackedForWhoTakesIt() {
      LiveServer.Reply plain = shop.server.get("/console/assets/app.js");
      assertEquals("", plain.header("Content-Encoding"));
      assertEquals("Accept-Encoding", plain.header("Vary"));
      assertTrue(plain.header("Content-Security-Policy").startsWith("default-src 'none'"));
      LiveServer.Reply packed = packed("gzip, deflate, br");
      assertEquals("gzip", packed.header("Content-Encoding"));
      assertEquals("", packed("br, gzip;q=0").header("Content-Encoding"));
      assertEquals(
          304,
          shop.server
              .send(
                  shop.server
                      .request("/console/assets/app.js")
                      .header("Accept-Encoding", "gzip")
                      .header("If-None-Match", packed.header("ETag")))
              .status());
    }

    private LiveServer.Reply packed(String encodings) {
      return shop.server.send(
          shop.server.request("/console/assets/app.js").header("Accept-Encoding", encodings));
    }

    @Test
    void lieInOneFolder() {
      assertEquals(404, shop.server.get("/console/assets/..%2F..%2FMain.class").status());
      assertEquals(404, shop.server.get("/console/assets/none.js").status());
    }
  }
}
