package io.zhiyin.engine.pipeline;

import io.zhiyin.engine.event.EventKind;

/// What may follow once a shopper has chosen an item, the deepest last.
public enum Head {
  FAVOURITE("favourite", EventKind.ADD_TO_FAVORITES),
  CART("cart", EventKind.ADD_TO_CART),
  PURCHASE("purchase", EventKind.PURCHASE_COMPLETE);

  public static final int COUNT = values().length;

  private final String wireName;
  private final EventKind kind;

  Head(String wireName, EventKind kind) {
    this.wireName = wireName;
    this.kind = kind;
  }

  /// The name in JSON, as in `purchase`.
  public String wireName() {
    return wireName;
  }

  /// The event by which it shows.
  public EventKind kind() {
    return kind;
  }
}
