package io.zhiyin.engine.search;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.InvalidFieldException;

/// What a shopper chose beside the words.
///
/// @param category full path, items of its children count; empty for all
/// @param brand empty for all
/// @param minPrice inclusive; 0 for any
/// @param maxPrice inclusive; infinite for any
public record Narrowing(String category, String brand, double minPrice, double maxPrice) {
  public static final Narrowing NONE = new Narrowing("", "", 0, Double.POSITIVE_INFINITY);

  /// @throws InvalidFieldException when the prices are no range
  public Narrowing {
    if (!(minPrice >= 0)) {
      throw new InvalidFieldException("minPrice", minPrice, "must be 0 or more");
    }
    if (!(maxPrice >= minPrice)) {
      throw new InvalidFieldException("maxPrice", maxPrice, "must not be below minPrice");
    }
  }

  /// The category's node, or -1 for all, or -2 for one that no item has.
  int node(Catalog catalog) {
    if (category.isEmpty()) {
      return -1;
    }
    int node = catalog.categories().nodeOf(category);
    return node < 0 ? -2 : node;
  }

  boolean isOfBrand(Item item) {
    return brand.isEmpty() || brand.equals(item.brand());
  }

  boolean isAnyPrice() {
    return minPrice == 0 && maxPrice == Double.POSITIVE_INFINITY;
  }

  /// An item without a price is in every range that does not ask for one.
  boolean isInRange(Item item) {
    double price = item.price();
    return Double.isNaN(price) ? isAnyPrice() : price >= minPrice && price <= maxPrice;
  }

  static boolean isUnder(Item item, int node) {
    if (node == -1) {
      return true;
    }
    for (int level : item.categoryPath()) {
      if (level == node) {
        return true;
      }
    }
    return false;
  }
}
