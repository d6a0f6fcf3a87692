package io.zhiyin.engine.evaluate;

/// A mean over users with the range that it may be off by chance.
///
/// @param ci95 the 95 % interval of the mean
/// @param n users; the mean is 0 without any
public record Estimate(double mean, Interval ci95, int n) {
  public static final Estimate NONE = new Estimate(0, new Interval(0, 0), 0);

  /// The mean of those values, with a bootstrap interval.
  public static Estimate of(double[] values, Bootstrap bootstrap) {
    if (values.length == 0) {
      return NONE;
    }
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return new Estimate(sum / values.length, bootstrap.mean(values), values.length);
  }

  /// A share, such as a hit rate, with the interval of [Interval#ofShare].
  public static Estimate ofShare(int hits, int n) {
    return n == 0 ? NONE : new Estimate((double) hits / n, Interval.ofShare(hits, n), n);
  }
}
