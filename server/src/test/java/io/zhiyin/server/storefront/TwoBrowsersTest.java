package io.zhiyin.server.storefront;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One shopper in two browsers: what is saved or refused in one is so in the other.
class TwoBrowsersTest {
  @TempDir Path data;

  @Test
  void haveTheSameFavouritesAndRefusals() {
    try (BrowsedShop shop = BrowsedShop.open(data)) {
      try (BrowserContext laptop = shop.shopper(new Browser.NewContextOptions());
          BrowserContext phone = shop.shopper(new Browser.NewContextOptions())) {
        Page first = shop.page(laptop, "en");
        first.click("[data-act=people]");
        String persona = first.textContent(".person b >> nth=1");
        signIn(first, persona);
        Page second = shop.page(phone, "en");
        second.click("[data-act=people]");
        signIn(second, persona);
        String saved = first.getAttribute("[data-scenario=home-feed] .card >> nth=0", "data-item");
        String refused =
            first.getAttribute("[data-scenario=home-feed] .card >> nth=1", "data-item");
        first.click("[data-scenario=home-feed] [data-item=" + saved + "] .heart");
        first.waitForSelector("#noticed:has-text('lists remade')");
        first.click("[data-scenario=home-feed] [data-item=" + refused + "] .never");
        first.waitForSelector("#noticed:has-text('you do not want')");
        first.waitForSelector("#noticed:has-text('lists remade')");

        second.reload();
        second.click("[data-act=favourites]");
        second.waitForSelector("[data-saved] [data-item=" + saved + "] .heart[aria-pressed=true]");
        assertEquals(1, second.locator("[data-saved] .card").count());
        second.navigate(shop.server.url() + "/?lang=en#/item/" + refused);
        second.waitForSelector("[data-act=want]:visible");

        second.navigate(shop.server.url() + "/?lang=en#/item/" + saved);
        second.click("[data-act=save][aria-pressed=true]");
        second.waitForSelector("[data-act=save][aria-pressed=false]");
        second.waitForSelector("#noticed:has-text('lists remade')");
        first.reload();
        first.click("[data-act=favourites]");
        first.waitForSelector("[data-saved] .empty");
      }
      shop.assertNothingToComplainOf();
    }
  }

  private static void signIn(Page page, String persona) {
    page.click(".person:has(b:text-is('" + persona + "'))");
    page.waitForSelector(".hello h1:has-text('" + persona + "')");
    page.waitForSelector("#noticed:has-text('lists remade')");
  }
}
