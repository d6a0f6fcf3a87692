package io.zhiyin.server.console;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/// The console's pages of items in a real browser, and what a page of the console weighs.
class ItemsPageTest extends BrowsedConsole {
  /// Compressed, without pictures.
  private static final long MOST_BYTES = 400_000;

  @Test
  void findAnItemAndItsNeighbours() {
    try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
      Page page = browser.open("en", "/items");
      page.waitForSelector("[data-fault=no-picture]:has-text('36')");
      ConsoleBrowser.keep(page, "items-en-desk");
      ConsoleBrowser.assertWellMade(page);
      page.fill("#find", "lamps no. 31");
      page.waitForSelector("h2:has-text('1 found')");
      page.click("tbody tr a");
      page.waitForSelector("h1:has-text('Lamps no. 31')");
      page.waitForSelector(".slate .pill:has-text('content')");
      ConsoleBrowser.keep(page, "item-en-desk");
      ConsoleBrowser.assertWellMade(page);
    }
  }

  @Test
  void speakChineseAndFitAPhone() {
    try (ConsoleBrowser browser = ConsoleBrowser.phone(shop)) {
      Page page = browser.open("zh", "/items?q=灯具");
      page.waitForSelector("h2:has-text('找到 12 件')");
      page.waitForSelector("[data-fault]");
      ConsoleBrowser.keep(page, "items-zh-phone");
      ConsoleBrowser.assertWellMade(page);
    }
  }

  @Test
  void weighLittle() {
    try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
      Page page = browser.open("en", "/users/shopper2"); // with charts, the heaviest
      page.waitForSelector(".plot[data-drawn]");
      page.waitForSelector("#why-item");
      long bytes = browser.weight();
      assertTrue(bytes > 200_000, "the charts were counted: " + bytes);
      assertTrue(bytes < MOST_BYTES, "a page weighs " + bytes);
    }
  }
}
