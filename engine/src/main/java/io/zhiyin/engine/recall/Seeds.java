package io.zhiyin.engine.recall;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import java.util.Arrays;

/// The items that a list should follow from: the page's item, else the cart, else what the shopper
/// did.
public final class Seeds {
  private static final int LAST_PUT_IN_BASKET = 10;

  private Seeds() {}

  /// As a history, which counted evidence reads.
  public static History of(Query query) {
    if (query.pageItem() >= 0) {
      return now(query, EventKind.DETAIL_PAGE_VIEW, query.pageItem());
    }
    return query.cart().length > 0
        ? now(query, EventKind.ADD_TO_CART, query.cart())
        : query.profile().history();
  }

  /// As a history, which a sequence model reads: what the shopper did, with the page looked at now.
  static History withPage(Query query) {
    History history = query.profile().history();
    int page = query.pageItem();
    boolean viewed = history.size() > 0 && history.item(history.size() - 1) == page;
    return page < 0 || viewed
        ? history
        : history.plus(EventKind.DETAIL_PAGE_VIEW, page, query.now().toEpochMilli());
  }

  /// The items that something is bought together with.
  static int[] basket(Query query) {
    if (query.pageItem() >= 0) {
      return new int[] {query.pageItem()};
    }
    if (query.cart().length > 0) {
      return query.cart();
    }
    History history = query.profile().history();
    History put =
        history.where(
            i ->
                history.kind(i) == EventKind.ADD_TO_CART
                    || history.kind(i) == EventKind.PURCHASE_COMPLETE);
    History newest = put.newest(LAST_PUT_IN_BASKET);
    int[] items = new int[newest.size()];
    Arrays.setAll(items, newest::item);
    return Arrays.stream(items).distinct().toArray();
  }

  private static History now(Query query, EventKind kind, int... items) {
    long[] times = new long[items.length];
    Arrays.fill(times, query.now().toEpochMilli());
    return History.of(kind, items, times);
  }
}
