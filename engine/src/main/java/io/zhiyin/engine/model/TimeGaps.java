package io.zhiyin.engine.model;

/// Time between events as a small number: 0 for the first of a window or an unknown time, else one
/// more than the binary logarithm of the seconds.
public final class TimeGaps {
  /// Enough for 2^14 seconds and more: a shop's minutes, hours, and "longer than a night" up to
  /// months fit in 24 buckets.
  public static final int BUCKETS = 24;

  private TimeGaps() {}

  /// g = 1 + min(G − 2, ⌊log2(1 + seconds)⌋)
  public static int bucket(long previousMillis, long millis, int buckets) {
    long seconds = Math.max(0, millis - previousMillis) / 1000;
    int log2 = 63 - Long.numberOfLeadingZeros(1 + seconds);
    return 1 + Math.min(buckets - 2, log2);
  }
}
