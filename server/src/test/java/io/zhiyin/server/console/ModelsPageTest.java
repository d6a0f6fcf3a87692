package io.zhiyin.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import io.zhiyin.server.shop.EvaluationFile;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
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
      page.waitForSelector("[aria-label^='NDCG@10 of each'][data-drawn]");
      page.waitForSelector("[aria-label^='Observed share'][data-drawn]");
      String slice = page.textContent("tr:has-text('0-4')");
      assertTrue(slice.contains("better") && slice.contains("popular"), slice);
      page.selectOption("#dimension", "category");
      page.waitForSelector("tr:has-text('Tea'):has-text('not to be told apart')");
      page.waitForSelector(".attends tbody tr");
      assertEquals(
          4 + 0, page.locator(".attends thead th").count(), "a column for each layer and head");
      int newest = page.locator(".attends tbody tr").count();
      page.selectOption("#seen-from", new SelectOption().setIndex(2));
      page.waitForFunction(
          "n => document.querySelectorAll('.attends tbody tr').length === n", newest - 2);
      page.waitForSelector("[aria-label^='Loss and validation'][data-drawn]");
      page.click(".figures summary >> nth=0");
      page.waitForSelector(".figures >> nth=0 >> tbody tr"); // made when it is opened
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

  /// What `evaluate` keeps, of made figures.
  @BeforeAll
  static void evaluated() throws IOException {
    String ci = "\"ndcg@10.ci95\":[%s,%s],\"recall@10\":%s,\"recall@10.ci95\":[%s,%s]}";
    String good = "{\"ndcg@10\":0.2," + ci.formatted("0.15", "0.25", "0.3", "0.25", "0.35");
    String poor = "{\"ndcg@10\":0.1," + ci.formatted("0.08", "0.12", "0.2", "0.15", "0.25");
    String both = "{\"zhiyin\":{\"masked\":%s},\"popular\":{\"masked\":%s}}";
    EvaluationFile.of(
            Instant.parse("2026-11-01T00:00:00Z"),
            "test",
            """
            {"protocol":"leave-one-out","users":12,"items":36,"methods":%s,
             "comparisons":[{"method":"zhiyin","baseline":"popular","view":"masked","difference":0.1,"pValue":0.01,"ci95":[0.05,0.15]}],
             "slices":{"activity":[{"label":"0-4","n":7,"methods":%s}],"category":[{"label":"Tea","n":5,"methods":%s}]},
             "evidence":{"calibration":[{"n":90,"foretold":0.01,"observed":0.02},{"n":10,"foretold":0.2,"observed":0.15}]}}
            """
                .formatted(
                    both.formatted(good, poor),
                    both.formatted(good, poor),
                    both.formatted(good, good)))
        .write(data.resolve("shops").resolve("default"));
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
