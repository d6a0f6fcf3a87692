package io.zhiyin.server.storefront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tracker in the storefront's page, in a real browser, against a real server.
class TrackerTest {
  private static final int HEIGHT = 900;

  @TempDir static Path data;
  private static BrowsedShop shop;

  private final List<JsonNode> told = new ArrayList<>();
  private BrowserContext shopper;
  private Page page;

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

  @BeforeEach
  void open() {
    shopper = shop.shopper(new Browser.NewContextOptions().setViewportSize(1360, HEIGHT));
    shopper.onRequest(this::note);
    page = shop.page(shopper, "en");
  }

  @AfterEach
  void leave() {
    shopper.close();
  }

  private void note(Request request) {
    if (request.url().endsWith("/v1/events") && request.postData() != null) {
      told.addAll(events(request));
    }
  }

  private static List<JsonNode> events(Request request) {
    try {
      List<JsonNode> events = new ArrayList<>();
      new ObjectMapper().readTree(request.postData()).forEach(events::add);
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean of(JsonNode event, String scenario) {
    return event.get("scenario").asText().equals(scenario);
  }

  private List<JsonNode> told(String kind) {
    return told.stream().filter(e -> e.get("eventType").asText().equals(kind)).toList();
  }

  private static double accepted(String kind) {
    return shop.server
        .get("/metrics")
        .response()
        .body()
        .lines()
        .filter(line -> line.startsWith("zhiyin_events_total"))
        .filter(line -> line.contains("kind=\"" + kind + "\"") && line.contains("accepted"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  void tellsOnlyOfItemsThatWereHalfInView() {
    page.waitForCondition(() -> !told("impression").isEmpty());
    JsonNode seen = told("impression").getFirst();
    assertNotNull(seen.get("recommendationId"));
    assertTrue(seen.get("items").size() > 0);
    for (JsonNode item : seen.get("items")) {
      String card =
          "[data-scenario=%s] [data-item=%s]"
              .formatted(seen.get("scenario").asText(), item.get("itemId").asText());
      BoundingBox box = page.locator(card).boundingBox();
      assertTrue(box.y + box.height / 2 <= HEIGHT, card + " is half in view");
    }
    assertTrue(
        told("impression").stream().noneMatch(e -> of(e, "trending")),
        "what lies below the window was not seen");
  }

  @Test
  void tellsOfAnItemOfAListOnlyOnce() {
    page.waitForCondition(() -> !told("impression").isEmpty());
    page.locator("[data-scenario=trending]").scrollIntoViewIfNeeded();
    page.waitForCondition(() -> told("impression").stream().anyMatch(e -> of(e, "trending")));
    List<String> lines =
        told("impression").stream()
            .flatMap(
                e ->
                    e.get("items")
                        .valueStream()
                        .map(i -> e.get("recommendationId").asText() + " " + i.get("itemId")))
            .toList();
    assertEquals(lines.stream().distinct().toList(), lines);
  }

  @Test
  void tellsFromWhichListAndPlaceAnItemWasOpened() {
    page.click("[data-scenario=home-feed] .card h3 a >> nth=2");
    page.waitForCondition(() -> !told("click").isEmpty());
    JsonNode click = told("click").getFirst();
    assertEquals("home-feed", click.get("scenario").asText());
    assertEquals(3, click.get("items").get(0).get("position").asInt());
  }

  @Test
  void keepsWhatHappenedWithoutANetworkAndTellsItOnceLater() {
    double before = accepted("add-to-cart");
    shopper.setOffline(true);
    page.click("[data-scenario=home-feed] .plus >> nth=0");
    page.waitForSelector("#noticed:has-text('kept here')");
    shopper.setOffline(false);
    page.waitForSelector("#noticed:has-text('stored')");
    assertEquals(before + 1, accepted("add-to-cart"));
  }

  @Test
  void aPageThatWasClosedWithoutANetworkLosesNothing() {
    double before = accepted("add-to-cart");
    shopper.setOffline(true);
    page.click("[data-scenario=home-feed] .plus >> nth=0");
    page.waitForSelector("#noticed:has-text('kept here')");
    page.close();
    shopper.setOffline(false);
    Page next = shop.page(shopper, "en");
    next.waitForFunction("() => !Object.keys(localStorage).some((k) => k.startsWith('zhiyin.q.'))");
    assertEquals(before + 1, accepted("add-to-cart"));
  }

  @Test
  void whatAShopperDoesIsNotHeldUpByWhatWasSeen() {
    List<Route> held = new ArrayList<>();
    page.route(
        "**/v1/events",
        route -> {
          if (route.request().postData().contains("\"impression\"")) {
            held.add(route);
          } else {
            route.resume();
          }
        });
    page.reload();
    page.waitForCondition(() -> !held.isEmpty());
    page.click("[data-scenario=home-feed] .plus >> nth=0");
    page.waitForSelector("#noticed:has-text('stored')");
    page.click("[data-scenario=home-feed] .plus >> nth=1");
    page.waitForSelector(".badge:has-text('2')");
    page.waitForCondition(() -> told("add-to-cart").size() == 2);
    held.forEach(Route::resume);
    page.unroute("**/v1/events");
  }

  @Test
  void withoutConsentNothingIsToldOrKept() {
    page.waitForFunction("() => !Object.keys(localStorage).some((k) => k.startsWith('zhiyin.q.'))");
    page.evaluate("zhiyin.consent(false)");
    told.clear();
    assertNull(page.evaluate("zhiyin.track('add-to-cart', [{itemId: 'p1'}])"));
    assertEquals(List.of(), told);
    assertFalse(
        (boolean)
            page.evaluate(
                "Object.keys(localStorage).some((k) => k === 'zhiyin.visitor' || k.startsWith('zhiyin.q.'))"));
    page.evaluate("zhiyin.consent(true)");
    assertEquals(
        true, page.evaluate("zhiyin.track('add-to-cart', [{itemId: 'p1'}]).then((a) => a.stored)"));
  }

  @Test
  void saysWhyAnEventWasRefusedAndGoesOn() {
    assertNotNull(page.evaluate("zhiyin.track('no-such-kind').then((a) => a.reason)"));
    assertEquals(
        true, page.evaluate("zhiyin.track('add-to-cart', [{itemId: 'p1'}]).then((a) => a.stored)"));
  }

  @Test
  void weighsLessThanFiveKilobytesOnTheWire() throws IOException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(wire)) {
      gzip.write(shop.server.get("/zhiyin.js").response().body().getBytes(StandardCharsets.UTF_8));
    }
    assertTrue(wire.size() < 5_000, () -> wire.size() + " bytes");
  }
}
