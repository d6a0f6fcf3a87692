package io.zhiyin.engine.pipeline;

import java.util.List;

/// The kinds of evidence that can speak for an item. Each is also the name of the source that
/// retrieves by it, and of the reason that is shown for it.
public enum Evidence {
  /// Logit of the sequence model for the item as the next one.
  SEQUENCE("sequence"),
  /// Time-decayed transitions from the shopper's last items.
  ITEM_TO_ITEM("item-to-item"),
  /// Bought in one basket with the shopper's, page's or cart's items.
  BOUGHT_TOGETHER("bought-together"),
  /// Content likeness (text, category, brand, price) to the last items or the page's item, 0 to 1.
  CONTENT("content-similar"),
  /// Decayed count of all engagements.
  POPULAR("popular"),
  /// Popularity now against popularity before.
  TRENDING("trending"),
  /// How recently the item was published, 1 for now, falling to 0.
  NEW("new"),
  /// The shopper looked at it before, 1 for now, falling to 0.
  RECENTLY_VIEWED("recently-viewed");

  /// All kinds, in order.
  public static final List<Evidence> ALL = List.of(values());

  public static final int COUNT = ALL.size();

  private final String wireName;

  Evidence(String wireName) {
    this.wireName = wireName;
  }

  /// The name in answers, metrics and pages.
  public String wireName() {
    return wireName;
  }
}
