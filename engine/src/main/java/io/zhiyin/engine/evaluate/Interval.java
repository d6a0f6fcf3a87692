package io.zhiyin.engine.evaluate;

/// A range that holds the true value with some confidence.
public record Interval(double low, double high) {
  private static final double Z_95 = 1.959963984540054;

  /// The 95 % interval of a share, honest for few users and for shares near 0 and 1.
  ///
  /// Wilson: Probable inference, the law of succession, and statistical inference, 1927,
  /// <https://doi.org/10.1080/01621459.1927.10502953>
  ///
  /// @throws IllegalArgumentException unless `0 <= hits <= n`
  public static Interval ofShare(long hits, long n) {
    if (hits < 0 || hits > n) {
      throw new IllegalArgumentException(hits + " of " + n + " is no share");
    }
    if (n == 0) {
      return new Interval(0, 1);
    }
    double p = (double) hits / n;
    double z2 = Z_95 * Z_95 / n;
    double center = (p + z2 / 2) / (1 + z2);
    double half = Z_95 * Math.sqrt(p * (1 - p) / n + z2 / (4 * n)) / (1 + z2);
    return new Interval(
        hits == 0 ? 0 : Math.max(0, center - half), hits == n ? 1 : Math.min(1, center + half));
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
