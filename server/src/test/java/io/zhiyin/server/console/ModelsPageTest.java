package io.zhiyin.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/// The console's page of models in a real browser, over a training of a small shop.
class ModelsPageTest extends BrowsedConsole {
  @Test
  void watchATrainingToItsEndAndLookInsideTheModel() {
    try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
      Page page = browser.open("en", "/models");
      page.setDefaultTimeout(180_000);
      page.waitForSelector("h3:has-text('No model is in use')");
      page.fill("#epochs", "1000");
      page.click("[data-act=train]");
      page.click("[data-act=cancel-training]");
      page.waitForSelector("#told:has-text('The training was cancelled')");
      page.waitForSelector("[data-state=cancelled]");
      page.fill("#epochs", "3");
      page.click("[data-act=train]");
      page.waitForSelector("[data-state=running]");
      assertTrue(page.locator("[data-act=train]").isDisabled(), "one training runs at a time");
      page.waitForSelector("#told:has-text('Trained: ')");
      page.waitForSelector("[data-state=done]");
      page.waitForSelector("tbody tr:has-text('in use')");
      page.waitForSelector("[aria-label^='Items as points'][data-drawn]");
      page.waitForSelector("[aria-label^='Loss and validation'][data-drawn]");
      page.click(".figures summary >> nth=0");
      JsonNode training = shop.server.get("/v1/models").json().path("training");
      assertEquals(
          training.path("curve").size(), page.locator(".figures >> nth=0 >> tbody tr").count());
      assertTrue(training.path("curve").size() > 0, training.toString());
      ConsoleBrowser.keep(page, "models-en-desk");
      ConsoleBrowser.assertWellMade(page);
      page.click("button:has-text('Lineage')");
      page.waitForSelector("dialog dd:has-text('nothing: random weights')");
      ConsoleBrowser.assertWellMade(page);
    }
    speakChineseAndFitAPhone();
  }

  private static void speakChineseAndFitAPhone() {
    try (ConsoleBrowser browser = ConsoleBrowser.phone(shop)) {
      Page page = browser.open("zh", "/models");
      page.waitForSelector("h2:has-text('商品地图')");
      page.waitForSelector(".plot[data-drawn]");
      ConsoleBrowser.keep(page, "models-zh-phone");
      ConsoleBrowser.assertWellMade(page);
    }
  }
}
