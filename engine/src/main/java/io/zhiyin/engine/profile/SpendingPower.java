package io.zhiyin.engine.profile;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.EventKind;

/// Where the shopper's choices stand in the price range of each category: 0 takes the cheapest, 1
/// the dearest of a kind. Comparing within categories keeps a dear lamp from looking like a cheap
/// sofa.
///
/// @param percentile weighted mean over the lines whose price is known; NaN when there are none
/// @param lines how many lines it rests on
public record SpendingPower(double percentile, int lines) {
  private static final double VIEW = 1;
  private static final double CART = 3;
  private static final double PURCHASE = 5;

  /// With fewer lines nothing is said in words.
  public static final int ENOUGH = 3;

  public static SpendingPower of(Profile profile, Catalog catalog, PriceScale prices) {
    History history = profile.history();
    double sum = 0;
    double total = 0;
    int lines = 0;
    for (int i = 0; i < history.size(); i++) {
      Item item = catalog.at(history.item(i));
      double weight = weight(history.kind(i));
      if (item == null || weight == 0) {
        continue;
      }
      double percentile = prices.percentile(item, Interests.paid(history, i, item));
      if (!Double.isNaN(percentile)) {
        sum += weight * percentile;
        total += weight;
        lines++;
      }
    }
    return new SpendingPower(lines == 0 ? Double.NaN : sum / total, lines);
  }

  public boolean isKnown() {
    return lines >= ENOUGH;
  }

  private static double weight(EventKind kind) {
    return switch (kind) {
      case DETAIL_PAGE_VIEW, CLICK, ADD_TO_FAVORITES -> VIEW;
      case ADD_TO_CART -> CART;
      case PURCHASE_COMPLETE -> PURCHASE;
      case REMOVE_FROM_CART,
          RATING,
          HOME_PAGE_VIEW,
          CATEGORY_PAGE_VIEW,
          SEARCH,
          IMPRESSION,
          LOGIN,
          REMOVE_FROM_FAVORITES,
          NOT_INTERESTED,
          ITEM_PUT,
          ITEM_PATCH,
          ITEM_DELETE,
          USER_ERASE ->
          0;
    };
  }
}
