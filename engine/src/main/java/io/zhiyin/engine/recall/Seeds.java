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
    return lastPutInBasket(query.profile().history());
  }

  /// The different items of the last few times something was put there, oldest first.
  private static int[] lastPutInBasket(History history) {
    int from = history.size();
    for (int left = LAST_PUT_IN_BASKET; from > 0 && left > 0; ) {
      from--;
      if (isPutInBasket(history, from)) {
        left--;
      }
    }
    int[] items = new int[LAST_PUT_IN_BASKET];
    int size = 0;
    for (int i = from; i < history.size(); i++) {
      if (isPutInBasket(history, i) && !isAmong(items, size, history.item(i))) {
        items[size++] = history.item(i);
      }
    }
    return Arrays.copyOf(items, size);
  }

  private static boolean isPutInBasket(History history, int i) {
    EventKind kind = history.kind(i);
    return kind == EventKind.ADD_TO_CART || kind == EventKind.PURCHASE_COMPLETE;
  }

  private static boolean isAmong(int[] items, int size, int item) {
    for (int i = 0; i < size; i++) {
      if (items[i] == item) {
        return true;
      }
    }
    return false;
  }

  private static History now(Query query, EventKind kind, int... items) {
    long[] times = new long[items.length];
    Arrays.fill(times, query.now().toEpochMilli());
    return History.of(kind, items, times);
  }
}
