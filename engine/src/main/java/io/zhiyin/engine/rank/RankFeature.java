package io.zhiyin.engine.rank;

/// What the learned ranker is told of a candidate, in numbers: all evidence, each as it is and as
/// its distance below the strongest candidate's, and what is known of the shopper and the item. The
/// names are those at rest; the order is that of the columns.
public enum RankFeature {
  /// Logarithm of the sequence model's share for the item among the candidates; the least of them
  /// for an item that nobody has touched.
  SEQUENCE,
  SEQUENCE_GAP,
  /// Transitions from the last items, fading from the newest to the oldest.
  TRANSITIONS,
  TRANSITIONS_GAP,
  /// Transitions from the newest item alone.
  TRANSITIONS_NEWEST,
  TRANSITIONS_NEWEST_GAP,
  /// Transitions from all last items alike.
  TRANSITIONS_EVEN,
  TRANSITIONS_EVEN_GAP,
  /// Content likeness to the last items, fading from the newest to the oldest.
  CONTENT,
  CONTENT_GAP,
  /// Content likeness to the newest item alone.
  CONTENT_NEWEST,
  CONTENT_NEWEST_GAP,
  /// Mean content likeness to all last items alike.
  CONTENT_EVEN,
  CONTENT_EVEN_GAP,
  /// Bought in one basket with the shopper's items.
  BASKET,
  BASKET_GAP,
  /// Logarithm of the item's decayed popularity.
  POPULARITY,
  POPULARITY_GAP,
  /// Popularity now against before.
  TREND,
  /// How recently the item was published.
  NEWNESS,
  /// Share of the shopper's items that are of the item's category.
  CATEGORY_SHARE,
  /// Share of the shopper's items that are of the item's brand.
  BRAND_SHARE,
  /// Logarithm of the item's price over the mean of the shopper's; 0 when unknown.
  PRICE_LEVEL,
  /// 1 / steps since the shopper met the item last; 0 for never.
  OWN_RECENCY,
  /// Logarithm of 1 + how often the shopper met the item.
  OWN_COUNT,
  /// Whether the shopper bought the item.
  OWN_BOUGHT,
  /// Logarithm of 1 + how many different items the shopper met.
  HISTORY,
  /// Logarithm of 1 + hours since the shopper's newest event.
  HOURS_AWAY,
  /// The blend's score below that of the best candidate: what trees fall back on where there was
  /// little to learn from. The least of all for an item that nobody has touched.
  BLEND_GAP;

  public static final int COUNT = values().length;
}
