package io.zhiyin.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import io.zhiyin.server.storefront.Axe;
import io.zhiyin.server.storefront.BrowsedShop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The console in a real browser, at the sizes and in the languages that it is made for.
final class ConsoleBrowser implements AutoCloseable {
  private final BrowsedShop shop;
  private final BrowserContext context;
  private final List<Response> answers = new ArrayList<>();

  private ConsoleBrowser(BrowsedShop shop, Browser.NewContextOptions options) {
    this.shop = shop;
    this.context = shop.shopper(options);
    context.onResponse(answers::add);
  }

  /// 1440 pixels wide and light.
  static ConsoleBrowser desk(BrowsedShop shop) {
    return new ConsoleBrowser(
        shop,
        new Browser.NewContextOptions()
            .setViewportSize(1440, 900)
            .setColorScheme(ColorScheme.LIGHT));
  }

  /// 390 pixels wide and dark.
  static ConsoleBrowser phone(BrowsedShop shop) {
    return new ConsoleBrowser(
        shop,
        new Browser.NewContextOptions().setViewportSize(390, 844).setColorScheme(ColorScheme.DARK));
  }

  /// A page of the console, by its address after the `#`.
  Page open(String language, String hash) {
    return shop.visit(context, shop.server.url() + "/console?lang=" + language + "#" + hash);
  }

  /// A page of another server.
  Page visit(String url) {
    return shop.visit(context, url);
  }

  /// No serious finding of axe-core, nothing that sticks out at the side.
  static void assertWellMade(Page page) {
    assertEquals(List.of(), Axe.seriousFindings(page));
    assertTrue(
        (int) page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0,
        "nothing sticks out at the side");
  }

  /// How many bytes of bodies came over the wire so far, pictures left out.
  long weight() {
    return List.copyOf(answers).stream()
        .filter(answer -> !answer.url().contains("/images/"))
        .mapToLong(answer -> answer.request().sizes().responseBodySize)
        .sum();
  }

  /// Keeps a picture of the whole page in `target`.
  static void keep(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "console-" + name + ".png")));
  }

  @Override
  public void close() {
    context.close();
    shop.assertNothingToComplainOf();
  }
}
