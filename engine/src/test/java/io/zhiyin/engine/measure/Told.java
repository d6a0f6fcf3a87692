package io.zhiyin.engine.measure;

import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.RecommendationId;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Events told in one line each: who, when after nine o'clock, where from, what.
final class Told {
  static final Instant NINE = Instant.parse("2026-11-24T09:00:00Z");
  static final Instant DAY = Instant.parse("2026-11-24T00:00:00Z");

  private @Nullable String user = "anna";
  private @Nullable String visitor;
  private @Nullable String scenario;
  private @Nullable String list;
  private Duration after = Duration.ZERO;
  private final Map<String, String> attributes = new HashMap<>();

  private Told() {}

  static Told at(Duration after) {
    Told told = new Told();
    told.after = after;
    return told;
  }

  static Told at(long minutes) {
    return at(Duration.ofMinutes(minutes));
  }

  Told by(@Nullable String newUser, @Nullable String newVisitor) {
    user = newUser;
    visitor = newVisitor;
    return this;
  }

  /// From a list of the home page.
  Told from(String newList) {
    return from("home-feed", newList);
  }

  Told from(String newScenario, String newList) {
    scenario = newScenario;
    list = newList;
    return this;
  }

  Told with(String name, String value) {
    attributes.put(name, value);
    return this;
  }

  Header header() {
    return new Header(
        new EventId("e"),
        NINE.plus(after),
        user == null ? null : new UserId(user),
        visitor == null ? null : new VisitorId(visitor),
        null,
        scenario,
        list == null ? null : new RecommendationId(list),
        attributes);
  }

  private static List<ItemLine> lines(String... items) {
    return Arrays.stream(items).map(ItemLine::of).toList();
  }

  ShopperEvent shows(String... items) {
    return new ShopperEvent.Impression(header(), lines(items));
  }

  ShopperEvent clicks(String item) {
    return new ShopperEvent.Click(header(), lines(item));
  }

  ShopperEvent views(String item) {
    return new ShopperEvent.DetailPageView(header(), lines(item));
  }

  ShopperEvent saves(String item) {
    return new ShopperEvent.AddToFavorites(header(), lines(item));
  }

  ShopperEvent carts(String item) {
    return new ShopperEvent.AddToCart(header(), lines(item));
  }

  ShopperEvent buys(String item, int quantity, double price) {
    return new ShopperEvent.PurchaseComplete(
        header(), List.of(new ItemLine(new ItemId(item), quantity, price, null)));
  }

  static MeasureFold folded(ShopperEvent... events) {
    return folded(List.of(events));
  }

  static MeasureFold folded(List<? extends ShopperEvent> events) {
    MeasureFold fold = new MeasureFold();
    events.forEach(fold::apply);
    return fold;
  }

  static Summary ever(MeasureFold fold) {
    return fold.summary(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
  }

  /// Impressions, clicks, favourites, carts, purchases after a click, purchases after a view.
  static List<Long> counts(MeasureFold fold) {
    return ever(fold).total().counts().subList(1, Figure.COUNT);
  }
}
