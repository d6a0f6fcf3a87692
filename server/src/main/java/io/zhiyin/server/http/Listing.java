package io.zhiyin.server.http;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.server.shop.ShopRuntime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// Items in an order that has nothing to do with who asks.
final class Listing {
  private final List<Item> items;

  private Listing(List<Item> items) {
    this.items = items;
  }

  /// What a listing is ordered by; items that are equal in it follow their ids.
  enum Sort {
    POPULAR("popular"),
    NEWEST("newest"),
    CHEAPEST("price"),
    DEAREST("-price");

    private final String wireName;

    Sort(String wireName) {
      this.wireName = wireName;
    }

    /// @throws InvalidFieldException when there is no such order
    static Sort of(String wireName) {
      for (Sort sort : values()) {
        if (sort.wireName.equals(wireName)) {
          return sort;
        }
      }
      throw new InvalidFieldException(
          "sort", wireName, "must be one of popular, newest, price, -price");
    }

    /// Smaller comes first; what is not known comes last.
    private ToDoubleFunction<Item> key(Optional<RecallIndexes> indexes) {
      return switch (this) {
        case POPULAR -> item -> indexes.map(i -> -i.popularity().strength(item.index())).orElse(0f);
        case NEWEST -> item -> -item.publishedMillis();
        case CHEAPEST ->
            item -> Double.isNaN(item.price()) ? Double.POSITIVE_INFINITY : item.price();
        case DEAREST ->
            item -> Double.isNaN(item.price()) ? Double.POSITIVE_INFINITY : -item.price();
      };
    }
  }

  private record Keyed(Item item, double key) {}

  /// Everything that may be shown, of one category or of all.
  static Listing of(ShopRuntime shop, String category, Sort sort, Instant now) {
    Catalog catalog = shop.catalog();
    int node = category.isEmpty() ? -1 : catalog.categories().nodeOf(category);
    ToDoubleFunction<Item> key = sort.key(shop.indexes());
    List<Keyed> keyed = new ArrayList<>();
    for (int i = 0; i < catalog.indexBound(); i++) {
      Item item = catalog.at(i);
      if (item != null && item.isShowableAt(now) && (category.isEmpty() || isUnder(item, node))) {
        keyed.add(new Keyed(item, key.applyAsDouble(item)));
      }
    }
    keyed.sort(
        Comparator.comparingDouble(Keyed::key).thenComparing(entry -> entry.item().itemId()));
    return new Listing(keyed.stream().map(Keyed::item).toList());
  }

  /// These items in this order, shown or not; unknown ones are left out.
  static Listing named(Catalog catalog, List<String> ids) {
    return new Listing(
        ids.stream().map(id -> catalog.find(new ItemId(id))).flatMap(Optional::stream).toList());
  }

  private static boolean isUnder(Item item, int node) {
    for (int level : item.categoryPath()) {
      if (level == node) {
        return true;
      }
    }
    return false;
  }

  int size() {
    return items.size();
  }

  List<Item> page(int offset, int n) {
    int from = Math.min(offset, items.size());
    return items.subList(from, Math.min(from + n, items.size()));
  }
}
