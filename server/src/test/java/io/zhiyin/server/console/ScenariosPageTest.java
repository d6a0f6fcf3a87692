package io.zhiyin.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The console's page of scenarios and rules in a real browser, and what a shopper sees of it.
class ScenariosPageTest extends BrowsedConsole {
  @AfterEach
  void noRules() {
    int version = shop.server.get("/v1/rules").json().path("version").asInt();
    shop.server.method("PUT", "/v1/rules", "{\"basedOn\":" + version + ",\"rules\":[]}");
  }

  @Test
  void saveARuleThatTheStorefrontFollowsAndPutItBack() {
    try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
      Page page = browser.open("en", "/scenarios");
      page.waitForSelector("[data-act=add]");
      page.click("[data-act=add]");
      page.selectOption("[aria-label=Action]", "exclude");
      page.fill("[data-field=when]", "\"Tea\" in categories");
      page.waitForSelector("summary:has-text('12 items match')");
      page.fill("#author", "Li");
      page.fill("#note", "no tea today");
      page.click("[data-act=save]:enabled");
      page.waitForSelector("#told:has-text('in force')");
      assertEquals(0, teaInTheStorefront(browser), "the storefront follows");
      page.waitForSelector("tbody tr:has-text('no tea today'):has-text('Li')");
      ConsoleBrowser.assertWellMade(page);
      ConsoleBrowser.keep(page, "rules-en-desk");
      noRules();
      page.reload();
      page.click("[data-back]:below(:text('Versions')) >> nth=0");
      page.click("dialog [data-act=back]");
      page.waitForSelector("#told:has-text('in force again')");
      assertEquals(0, teaInTheStorefront(browser), "the rule holds again");
    }
  }

  private static int teaInTheStorefront(ConsoleBrowser browser) {
    Page page = browser.visit(shop.server.url() + "/?lang=en");
    page.waitForSelector("[data-scenario=home-feed] .card");
    int tea = page.locator("[data-scenario=home-feed] .card h3:has-text('Tea')").count();
    page.close();
    return tea;
  }

  @Test
  void checkWhileOneTypesAndCompleteTheNamesOfFields() {
    try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
      Page page = browser.open("en", "/scenarios?scenario=home-feed");
      page.click("[data-act=add]");
      page.locator("[data-field=when]").pressSequentially("pri");
      page.waitForSelector("[role=option]:has-text('price')");
      page.keyboard().press("Enter");
      page.locator("[data-field=when]").pressSequentially(" < \"dear\"");
      page.waitForSelector("[data-field=when][aria-invalid=true]");
      page.waitForSelector(".findings:has-text('line 1')");
      assertTrue(page.locator("[data-act=save]").isDisabled(), "with an error nothing is saved");
      ConsoleBrowser.assertWellMade(page);
      page.fill("[data-field=when]", "price < 20.0");
      page.waitForSelector("[data-ok=true]");
      page.waitForSelector("[data-act=save]:enabled");
    }
  }

  @Test
  void chooseWhatAScenariosListsAreToBring() {
    try (ConsoleBrowser browser = ConsoleBrowser.phone(shop)) {
      Page page = browser.open("zh", "/scenarios?scenario=home-feed");
      page.waitForSelector("#objective-said:has-text('选中')");
      page.selectOption("#objective", "revenue");
      page.waitForSelector("#objective-said:has-text('价格')");
      page.waitForSelector("[data-ok=true]");
      page.fill("#author", "Li");
      page.click("[data-act=save]:enabled");
      page.waitForSelector("#told:not(:empty)");
      JsonNode saved = shop.server.get("/v1/rules").json();
      assertEquals("revenue", saved.at("/scenarios/home-feed/objective").asText());
      page.reload();
      page.waitForSelector("#objective-said:has-text('价格')");
      ConsoleBrowser.keep(page, "objective-zh-phone");
      ConsoleBrowser.assertWellMade(page);
      page = browser.open("zh", "/scenarios?scenario=trending");
      page.waitForSelector("#objective-said:has-text('不起作用')");
    }
  }

  @Test
  void tryListsBeforeSaving() {
    List<String> before = feed("shopper2");
    try (ConsoleBrowser browser = ConsoleBrowser.phone(shop)) {
      Page page = browser.open("zh", "/scenarios?scenario=home-feed");
      page.click("[data-act=add]");
      page.selectOption("[aria-label=动作]", "exclude");
      page.fill("[data-field=when]", "itemId == \"" + before.getFirst() + "\"");
      page.waitForSelector("[data-ok=true]");
      page.fill("#try-users", "shopper2");
      page.click("[data-act=try]");
      page.waitForSelector(".compared:has-text('shopper2') .pill:has-text('移出')");
      assertEquals(before, feed("shopper2"), "nothing was saved");
      ConsoleBrowser.keep(page, "rules-zh-phone");
      ConsoleBrowser.assertWellMade(page);
    }
  }

  @Test
  void turnTheDialOfDiversity() {
    try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
      Page page = browser.open("en", "/scenarios?scenario=home-feed");
      page.waitForSelector("#dial-said:has-text('0.20 · as it comes')");
      page.focus("#dial");
      page.keyboard().press("End");
      page.click("[data-act=save]:enabled");
      page.waitForSelector("#told:has-text('in force')");
      JsonNode set = shop.server.get("/v1/rules").json().at("/scenarios/home-feed/diversity");
      assertEquals(1.0, set.asDouble());
    }
  }

  private static List<String> feed(String user) {
    List<String> ids = new ArrayList<>();
    String path = "/v1/recommendations/home-feed?n=8&userId=" + user;
    shop.server.get(path).json().path("items").forEach(i -> ids.add(i.path("itemId").asText()));
    return ids;
  }
}
