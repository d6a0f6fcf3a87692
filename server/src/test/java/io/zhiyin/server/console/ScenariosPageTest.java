package io.zhiyin.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The console's page of scenarios and rules in a real browser, and what a shopper sees of it.
class ScenariosPageTest extends BrowsedConsole {
  @AfterEach
  void noRules() {
    shop.server.method("PUT", "/v1/rules", "{\"basedOn\":" + version() + ",\"rules\":[]}");
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
  void chooseWhereCandidatesComeFrom() {
    List<String> before = feed("shopper2");
    try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
      Page page = browser.open("en", "/scenarios?scenario=home-feed");
      page.waitForSelector("[data-source=new]");
      for (String source :
          List.of("item-to-item", "bought-together", "content-similar", "popular", "trending")) {
        page.uncheck("li:has([data-source=" + source + "]) [type=checkbox]");
      }
      page.fill("[data-source=sequence]", "0");
      page.fill("[data-source=new]", "8");
      page.waitForSelector("[data-ok=true]");
      page.fill("#try-users", "shopper2");
      page.click("[data-act=try]");
      page.waitForSelector(".compared:has-text('shopper2') .pill:has-text('comes in')");
      assertEquals(before, feed("shopper2"), "nothing was saved");
      ConsoleBrowser.keep(page, "sources-en-desk");
      ConsoleBrowser.assertWellMade(page);
      page.click("[data-act=save]:enabled");
      page.waitForSelector("#told:has-text('in force')");
      assertNotEquals(before, feed("shopper2"));
      assertEquals(Set.of("[\"new\"]"), sources("shopper2"));
      page.waitForSelector("[data-act=sources-back]");
      assertEquals("8", page.inputValue("[data-source=new]"));
      page.click("[data-act=sources-back]");
      String next = "Version " + (version() + 1);
      page.click("[data-act=save]:enabled");
      page.waitForSelector("#version:has-text('" + next + "')");
      assertEquals(before, feed("shopper2"), "as it comes");
    }
  }

  @Test
  void holdBackWhatWasSeenLately() {
    Set<String> seen = Set.of("p8", "p11", "p14", "p20", "p23", "p26", "p32", "p35");
    assertFalse(Collections.disjoint(seen, feed("shopper2")), "what was viewed comes again");
    try (ConsoleBrowser browser = ConsoleBrowser.phone(shop)) {
      Page page = browser.open("zh", "/scenarios?scenario=home-feed");
      page.check("#fatigue");
      page.fill("#fatigue-factor", "1");
      page.waitForSelector("[data-ok=false]");
      assertTrue(page.locator("[data-act=save]").isDisabled(), "out of range");
      page.fill("#fatigue-factor", "0");
      page.waitForSelector("#fatigue-said:has-text('不再展示')");
      page.waitForSelector("[data-ok=true]");
      ConsoleBrowser.keep(page, "fatigue-zh-phone");
      ConsoleBrowser.assertWellMade(page);
      page.click("[data-act=save]:enabled");
      page.waitForSelector("#told:not(:empty)");
      assertTrue(Collections.disjoint(seen, feed("shopper2")), feed("shopper2").toString());
      page.waitForSelector("#fatigue:checked");
    }
  }

  private static int version() {
    return shop.server.get("/v1/rules").json().path("version").asInt();
  }

  /// Where the items of the user's list came from, as the trace says.
  private static Set<String> sources(String user) {
    String list = "/v1/recommendations/home-feed?n=8&userId=" + user;
    String id = shop.server.get(list).json().path("recommendationId").asText();
    Set<String> sources = new HashSet<>();
    shop.server
        .get("/v1/explanations/" + id)
        .json()
        .path("items")
        .forEach(item -> sources.add(item.path("sources").toString()));
    return sources;
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
