package io.zhiyin.engine.measure;

import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.ShopperEvent;
import org.jspecify.annotations.Nullable;

/// Which recommendation led to what, counted into buckets.
///
/// Each pair of a recommendation and an item is counted once for each figure, in the hour in which
/// the item was first seen; when an earlier moment becomes known, what was counted moves there. A
/// purchase goes to at most one recommendation: the one that it names, else the shopper's last
/// click on the item within the window, else the last impression.
final class Attribution {
  private final Buckets buckets;
  private final OpenTouches open;
  private final Scenarios scenarios;

  Attribution(Buckets buckets, OpenTouches open, Scenarios scenarios) {
    this.buckets = buckets;
    this.open = open;
    this.scenarios = scenarios;
  }

  void apply(ShopperEvent event, OpenTouches.Who who) {
    switch (event) {
      case ShopperEvent.Impression _ -> seen(event, who, false);
      case ShopperEvent.Click _, ShopperEvent.DetailPageView _ -> seen(event, who, true);
      case ShopperEvent.AddToFavorites _ -> {
        named(event, who);
        outcome(event, who, Figure.FAVORITES);
      }
      case ShopperEvent.AddToCart _ -> {
        named(event, who);
        outcome(event, who, Figure.CARTS);
      }
      case ShopperEvent.PurchaseComplete bought -> purchase(bought, who);
      case ShopperEvent.HomePageView _,
          ShopperEvent.CategoryPageView _,
          ShopperEvent.Search _,
          ShopperEvent.RemoveFromCart _,
          ShopperEvent.RemoveFromFavorites _,
          ShopperEvent.NotInterested _,
          ShopperEvent.Rating _,
          ShopperEvent.Login _ -> {}
    }
  }

  /// What is put in the cart straight from the list was clicked there, in effect.
  private void named(ShopperEvent event, OpenTouches.Who who) {
    seen(event, who, true);
  }

  private void seen(ShopperEvent event, OpenTouches.Who who, boolean clicked) {
    if (event.header().recommendation() == null) {
      return;
    }
    long recommendation = Hashes.of(Hashes.RECOMMENDATION, event.header().recommendation().value());
    long millis = event.eventTime().toEpochMilli();
    Touch.Opened list = opened(recommendation, event, millis);
    for (ItemLine line : event.items()) {
      long item = Hashes.of(Hashes.ITEM, line.itemId().value());
      Touch touch = open.find(recommendation, item);
      if (touch == null) {
        touch = open.open(list, item, millis);
        touch.counted = Figure.IMPRESSIONS.bit();
      } else {
        count(touch, -1);
      }
      open.own(touch, who);
      if (clicked) {
        touch.clicked(millis);
        touch.counted |= Figure.CLICKS.bit();
      } else {
        touch.shown(millis);
      }
      count(touch, 1);
    }
  }

  private Touch.Opened opened(long recommendation, ShopperEvent event, long millis) {
    Touch.Opened list = open.list(recommendation);
    if (list == null) {
      String name = event.header().scenario();
      list = open.open(recommendation, scenarios.numberOf(name == null ? "" : name), millis);
      countList(list, 1);
    } else if (millis < list.since) {
      countList(list, -1);
      list.since = millis;
      countList(list, 1);
    }
    return list;
  }

  private void outcome(ShopperEvent event, OpenTouches.Who who, Figure figure) {
    long millis = event.eventTime().toEpochMilli();
    for (ItemLine line : event.items()) {
      Touch touch = clicked(event, line, who, millis);
      if (touch != null) {
        mark(touch, figure);
      }
    }
  }

  private void purchase(ShopperEvent.PurchaseComplete event, OpenTouches.Who who) {
    long millis = event.eventTime().toEpochMilli();
    String currency = event.header().attributes().getOrDefault("currency", "");
    Bucket bucket = buckets.at(millis);
    for (ItemLine line : event.items()) {
      Touch clicked = clicked(event, line, who, millis);
      Touch touch = clicked == null ? viewed(line, who, millis) : clicked;
      if (touch != null) {
        mark(touch, clicked == null ? Figure.VIEW_PURCHASES : Figure.PURCHASES);
      }
      Double price = line.price();
      if (price == null) {
        bucket.unpriced++;
        continue;
      }
      bucket.revenue.add(currency, price, line.quantity());
      if (touch != null) {
        Cell cell = bucket.cell(touch.list.scenario);
        Money money = clicked == null ? cell.viewRevenue : cell.clickRevenue;
        money.add(currency, price, line.quantity());
      }
    }
  }

  private @Nullable Touch clicked(
      ShopperEvent event, ItemLine line, OpenTouches.Who who, long millis) {
    long item = Hashes.of(Hashes.ITEM, line.itemId().value());
    if (event.header().recommendation() != null) {
      long named = Hashes.of(Hashes.RECOMMENDATION, event.header().recommendation().value());
      Touch touch = open.find(named, item);
      if (touch != null && touch.clickBefore(millis) != Touch.NEVER) {
        return touch;
      }
    }
    return open.last(who, item, touch -> touch.clickBefore(millis));
  }

  private @Nullable Touch viewed(ItemLine line, OpenTouches.Who who, long millis) {
    long item = Hashes.of(Hashes.ITEM, line.itemId().value());
    return open.last(who, item, touch -> touch.viewBefore(millis));
  }

  private void mark(Touch touch, Figure figure) {
    if ((touch.counted & figure.bit()) == 0) {
      touch.counted |= figure.bit();
      cell(touch).counts[figure.ordinal()]++;
    }
  }

  private void count(Touch touch, int sign) {
    Cell cell = cell(touch);
    for (int i = 0; i < Figure.COUNT; i++) {
      cell.counts[i] += (touch.counted & 1 << i) == 0 ? 0 : sign;
    }
  }

  private void countList(Touch.Opened list, int sign) {
    buckets.at(list.since).cell(list.scenario).counts[Figure.RECOMMENDATIONS.ordinal()] += sign;
  }

  private Cell cell(Touch touch) {
    return buckets.at(touch.since()).cell(touch.list.scenario);
  }
}
