package io.zhiyin.engine.feature;

/// What is said of a shopper and an item in numbers. The order is that of the columns in training
/// and serving and of the weights at rest: only add at the end.
public enum Feature {
  /// Share of the shopper's faded engagement that went to the item's own category.
  CATEGORY_INTEREST,
  /// The same for its department, the root of the category path.
  DEPARTMENT_INTEREST,
  /// The same for its brand.
  BRAND_INTEREST,
  /// How near the price is to what the shopper looks at, 1 for equal, falling to 0; 0 unknown.
  PRICE_FIT,
  /// Logarithm of how many engagements other shoppers had with the item.
  POPULARITY,
  /// Cosine of the item's content to what the shopper's last items say together.
  CONTENT_LIKENESS,
  /// Cosine of the item's content to the newest item's.
  NEWEST_LIKENESS,
  /// Whether the shopper looked at it before.
  BROWSED,
  /// Whether the shopper favoured it before.
  FAVOURITED,
  /// Whether the shopper put it into the cart before.
  CARTED,
  /// Whether the shopper bought it before.
  BOUGHT,
  /// How recently the shopper engaged with it: 1 for the newest event, falling to 0; 0 for never.
  RECENCY,
  /// Logarithm of how many engagements the shopper had with it.
  ENGAGEMENTS,
  /// Logarithm of how many engagements the shopper had at all.
  ACTIVITY;

  public static final int COUNT = values().length;
}
