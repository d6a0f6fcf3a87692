package io.zhiyin.lab.simulate;

import io.zhiyin.engine.event.EventKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An event as a shop's page would send it.
///
/// @param query what was searched, or the category of a category page; null elsewhere
/// @param value the rating; null elsewhere
public record ShopEvent(
    EventKind kind,
    Instant time,
    Who who,
    Origin origin,
    List<Line> lines,
    @Nullable String query,
    @Nullable Double value) {

  static ShopEvent of(EventKind kind, Instant time, Who who, Origin origin, Line... lines) {
    return new ShopEvent(kind, time, who, origin, List.of(lines), null, null);
  }

  ShopEvent about(String newQuery) {
    return new ShopEvent(kind, time, who, origin, lines, newQuery, value);
  }

  ShopEvent rated(double newValue) {
    return new ShopEvent(kind, time, who, origin, lines, query, newValue);
  }

  /// How the shop knows the one who acts; one of the ids may be null.
  public record Who(@Nullable String userId, @Nullable String visitorId) {}

  /// Where on the site it happened, and which list led to it.
  public record Origin(
      String sessionId, @Nullable String scenario, @Nullable String recommendationId) {
    static Origin of(String sessionId) {
      return new Origin(sessionId, null, null);
    }

    Origin list(String newScenario, String newRecommendationId) {
      return new Origin(sessionId, newScenario, newRecommendationId);
    }
  }

  /// One item of an event; 0 stands for a quantity, price or position that is not given.
  public record Line(String itemId, int quantity, double price, int position) {
    static Line of(Product product) {
      return new Line(product.itemId(), 0, 0, 0);
    }

    static Line bought(Product product, int quantity) {
      return new Line(product.itemId(), quantity, product.price(), 0);
    }

    static Line at(Product product, int position) {
      return new Line(product.itemId(), 0, 0, position);
    }
  }
}
