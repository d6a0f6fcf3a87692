package io.zhiyin.server.storefront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A shopper's whole way through the storefront in a real browser: home, search, product,
/// favourites, cart, checkout, and a home that has changed. Every page on it is looked over by
/// axe-core.
class ShopperJourneyTest {
  private static final String FEED = "[data-scenario=home-feed] .card";

  /// Every list has come and nothing moves; the dot that pulses and the waiting shimmer do not
  /// count.
  private static final String SETTLED =
      "!document.querySelector('[aria-busy=true]') && document.getAnimations().every((a) =>"
          + " a.playState !== 'running' || a.effect.getTiming().iterations > 1)";

  @TempDir static Path data;
  private static BrowsedShop shop;
  private BrowserContext context;

  @BeforeAll
  static void start() {
    shop = BrowsedShop.open(data);
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

  private Page open(String language, int width, ColorScheme scheme) {
    return open(language, width, scheme, ReducedMotion.NO_PREFERENCE);
  }

  private Page open(String language, int width, ColorScheme scheme, ReducedMotion motion) {
    context =
        shop.shopper(
            new Browser.NewContextOptions()
                .setViewportSize(width, width < 700 ? 844 : 900)
                .setColorScheme(scheme)
                .setReducedMotion(motion));
    context.addInitScript(
        "window.shifted = 0; window.movers = []; new PerformanceObserver((all) => { for (const e of all.getEntries())"
            + " if (!e.hadRecentInput) { window.shifted += e.value; for (const s of e.sources)"
            + " window.movers.push(`${s.node?.className} ${s.previousRect.y} to ${s.currentRect.y}`); } })"
            + ".observe({ type: 'layout-shift', buffered: true });");
    return shop.page(context, language);
  }

  private static List<String> ids(Page page, String cards) {
    List<String> ids = new ArrayList<>();
    page.locator(cards).all().forEach(card -> ids.add(card.getAttribute("data-item")));
    return ids;
  }

  /// Finished, without serious findings, and nothing sticks out at the side.
  private static void lookOver(Page page, String name) {
    page.waitForCondition(() -> (boolean) page.evaluate(SETTLED));
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target", "shopfront-" + name + ".png")));
    assertEquals(List.of(), Axe.seriousFindings(page), name);
    assertTrue(
        (int) page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0,
        name + ": nothing sticks out at the side");
  }

  @ParameterizedTest
  @CsvSource({
    "en,1440,LIGHT,NO_PREFERENCE,lamps",
    "zh,1440,DARK,REDUCE,灯具",
    "en,390,DARK,REDUCE,lamps",
    "zh,390,LIGHT,NO_PREFERENCE,灯具"
  })
  void fromHomeToAPurchaseAndBackToAChangedHome(
      String language, int width, ColorScheme scheme, ReducedMotion motion, String wanted) {
    Page page = open(language, width, scheme, motion);
    String at = "-" + language + "-" + width;
    page.waitForSelector("[data-listing=all] .card");
    lookOver(page, "home" + at);
    double shifted = ((Number) page.evaluate("window.shifted")).doubleValue();
    assertTrue(
        shifted < 0.1,
        () -> "the first page jumps by " + shifted + ": " + page.evaluate("window.movers"));
    List<String> before = ids(page, FEED);

    page.fill("[role=combobox]", wanted);
    page.waitForSelector("[role=option]");
    assertEquals("true", page.getAttribute("[role=combobox]", "aria-expanded"));
    page.keyboard().press("ArrowDown");
    assertEquals("suggestion-0", page.getAttribute("[role=combobox]", "aria-activedescendant"));
    lookOver(page, "suggestions" + at);
    page.keyboard().press("ArrowUp");
    page.keyboard().press("Enter");
    page.waitForSelector("[data-scenario=search-rerank] .card");
    assertTrue(page.url().contains("#/search?q="), page.url());
    assertTrue(
        page.locator("[data-scenario=search-rerank] .card").first().textContent().length() > 0);
    lookOver(page, "search" + at);

    page.click("[data-scenario=search-rerank] .card h3 a >> nth=0");
    page.waitForSelector("[data-scenario=similar-items] .card");
    String item = page.url().substring(page.url().lastIndexOf('/') + 1);
    lookOver(page, "product" + at);
    page.click("[data-act=save]");
    page.waitForSelector("[data-act=save][aria-pressed=true]");
    page.click("[data-act=favourites]");
    page.waitForSelector("[data-saved] .card");
    assertEquals(List.of(item), ids(page, "[data-saved] .card"));
    lookOver(page, "favourites" + at);

    page.click("[data-saved] .card .plus");
    page.click("[data-act=open-cart]");
    page.waitForSelector("dialog [data-scenario=cart] .card");
    lookOver(page, "cart" + at);
    page.click("[data-act=checkout]");
    page.waitForSelector("[data-act=buy-cart]");
    lookOver(page, "checkout" + at);
    page.click("[data-act=buy-cart]");
    page.waitForSelector("[data-bought]");
    page.waitForSelector(FEED);
    lookOver(page, "bought" + at);

    page.click(".brand");
    page.waitForSelector("[data-scenario=similar-items] .card"); // because you viewed …
    List<String> after = ids(page, FEED);
    assertNotEquals(before, after, "the home has changed");
    assertFalse(after.contains(item), "what was bought is not recommended again");
    assertTrue(bought(item), "the shop has the purchase");
  }

  private static boolean bought(String item) {
    return shop.server
        .get("/metrics")
        .response()
        .body()
        .lines()
        .anyMatch(
            line ->
                line.startsWith("zhiyin_events_total")
                    && line.contains("kind=\"purchase-complete\"")
                    && !item.isEmpty());
  }

  @Test
  void thePageIsLight() {
    Page page = open("en", 1440, ColorScheme.LIGHT);
    page.waitForSelector("[data-listing=all] .card");
    int bytes =
        (int)
            page.evaluate(
                "performance.getEntries().filter((e) => e.encodedBodySize && e.initiatorType !=="
                    + " 'img').reduce((sum, e) => sum + e.encodedBodySize, 0)");
    assertTrue(bytes > 20_000, "files were counted: " + bytes);
    assertTrue(bytes < 400_000, "the page weighs " + bytes + " bytes as it is sent");
  }

  @Test
  void whoLooksPagesOverSeesWhatIsWrong() {
    Page page = open("en", 1440, ColorScheme.LIGHT);
    page.evaluate("document.querySelector('main').append(document.createElement('button'))");
    assertEquals(
        List.of("button-name: <button></button>"), Axe.seriousFindings(page), "a nameless button");
  }

  @Test
  void theEffectOfAClickDoesNotWaitForTheServer() {
    Page page = open("en", 1440, ColorScheme.LIGHT);
    page.route("**/v1/events", route -> {}); // the shop hears nothing and answers nothing
    page.click(FEED + " .heart >> nth=0");
    assertEquals("true", page.getAttribute(FEED + " .heart >> nth=0", "aria-pressed"));
    page.click(FEED + " .plus >> nth=1");
    assertEquals("1", page.textContent(".badge"));
    page.click(FEED + " .never >> nth=2");
    assertEquals(1, page.locator(FEED + ".refused").count());
    page.unroute("**/v1/events");
  }

  @Test
  void whatIsNotWantedIsGoneAtOnceAndStaysAway() {
    Page page = open("en", 1440, ColorScheme.LIGHT);
    String item = page.getAttribute(FEED + " >> nth=0", "data-item");
    page.click(FEED + " .never >> nth=0");
    page.waitForSelector("#noticed:has-text('you do not want')");
    page.waitForSelector("[data-scenario=home-feed] [data-item=" + item + "]", hidden());
    page.reload();
    page.waitForSelector(FEED);
    assertFalse(ids(page, FEED).contains(item));
    page.navigate(shop.server.url() + "/#/item/" + item);
    page.click("[data-act=want]");
    page.waitForSelector("[data-act=save][aria-pressed=true]");
  }

  private static Page.WaitForSelectorOptions hidden() {
    return new Page.WaitForSelectorOptions()
        .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED);
  }

  @Test
  void whatWasLearnedIsSaid() {
    Page page = open("en", 1440, ColorScheme.LIGHT);
    page.click(FEED + " .plus >> nth=0");
    page.waitForSelector("#noticed:has-text('lists remade')");
    page.click(FEED + " .plus >> nth=1");
    page.waitForSelector("#noticed:has-text('interest in')");
  }

  @Test
  void aSearchForgivesTypingErrorsNarrowsAndSaysWhenThereIsNothing() {
    Page page = open("en", 1440, ColorScheme.LIGHT);
    page.fill("[role=combobox]", "lapms");
    page.keyboard().press("Enter");
    page.waitForSelector(".typo:has-text('lamps')");
    page.click(".facet a:has-text('Brand 1')");
    page.waitForSelector(".facet a[aria-current]:has-text('Brand 1')");
    assertTrue(page.url().contains("brand=Brand+1"), page.url());
    page.fill("[name=maxPrice]", "1");
    page.click("[data-act=price]");
    page.waitForSelector("[data-nothing]");
    lookOver(page, "nothing-en-1440");
  }

  @Test
  void aCategoryIsInTheShoppersOrderOrInAnother() {
    Page page = open("zh", 390, ColorScheme.LIGHT);
    page.click(".cats a:has-text('灯具')");
    page.waitForSelector("[data-listing] [data-scenario=search-rerank] .card");
    lookOver(page, "category-zh-390");
    page.click(".sorts .chip:has-text('价格从高到低')");
    page.waitForSelector("[data-listing] > .grid .card");
    assertEquals("p34", page.getAttribute("[data-listing] .card >> nth=0", "data-item"));
  }
}
