package io.zhiyin.lab.simulate;

/// What live shoppers did so far.
///
/// @param shown items that came into view in lists
/// @param clicks clicks on them
/// @param purchases baskets bought
/// @param failures requests that the shop did not answer
public record LiveFigures(
    long visits,
    long events,
    long lists,
    long shown,
    long clicks,
    long purchases,
    double revenue,
    long failures) {

  /// The share of shown items that were clicked.
  public double clickThrough() {
    return shown == 0 ? 0 : (double) clicks / shown;
  }
}
