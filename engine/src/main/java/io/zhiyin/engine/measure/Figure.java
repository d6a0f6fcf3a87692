package io.zhiyin.engine.measure;

/// What is counted of a scenario. All but the first count pairs of a recommendation and an item in
/// it, each pair once, in the hour in which the item was first seen there. So every rate is a true
/// share of what was shown, and the newest hours still grow.
///
/// The order is part of the file format: append only.
public enum Figure {
  /// Lists of which at least one item was seen.
  RECOMMENDATIONS("recommendations"),
  /// Items that were seen.
  IMPRESSIONS("impressions"),
  /// … and clicked, or whose page was opened from the list.
  CLICKS("clicks"),
  /// … and saved after the click.
  FAVORITES("favorites"),
  /// … and put in the cart after the click.
  CARTS("carts"),
  /// … and bought after the click.
  PURCHASES("purchases"),
  /// … and bought soon after they were seen, without a click.
  VIEW_PURCHASES("view-purchases");

  static final int COUNT = values().length;

  private final String wireName;

  Figure(String wireName) {
    this.wireName = wireName;
  }

  /// The name in the API, as in `view-purchases`.
  public String wireName() {
    return wireName;
  }

  int bit() {
    return 1 << ordinal();
  }
}
