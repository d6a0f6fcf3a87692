package io.zhiyin.engine.recommend;

import io.zhiyin.engine.profile.History;
import java.util.LinkedHashSet;
import java.util.Set;

/// What lies in a shopper's cart by the history: put in, and neither taken out nor bought since.
final class OpenCart {
  private OpenCart() {}

  static int[] of(History history) {
    Set<Integer> cart = new LinkedHashSet<>();
    for (int i = 0; i < history.size(); i++) {
      switch (history.kind(i)) {
        case ADD_TO_CART -> cart.add(history.item(i));
        case REMOVE_FROM_CART, PURCHASE_COMPLETE -> cart.remove(history.item(i));
        default -> {}
      }
    }
    return cart.stream().filter(item -> item >= 0).mapToInt(Integer::intValue).toArray();
  }
}
