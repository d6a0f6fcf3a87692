package io.zhiyin.engine.evaluate;

import java.util.Arrays;

/// How popular items are among all items: the share of items with fewer events, plus half of those
/// with as many. Lists that stand far above the items that shoppers then choose have a popularity
/// bias.
public final class PopularityPercentile {
  private final long[] counts;
  private final long[] sorted;

  /// @param counts events by item index
  public PopularityPercentile(long[] counts) {
    this.counts = counts.clone();
    sorted = counts.clone();
    Arrays.sort(sorted);
  }

  /// 0 to 1; items beyond the counts have no events.
  public double of(int item) {
    long count = item < counts.length ? counts[item] : 0;
    int n = sorted.length;
    return n == 0 ? 0 : (firstAtLeast(count) + firstAtLeast(count + 1)) / (2.0 * n);
  }

  /// The mean over items; 0 without any.
  public double mean(int[] items) {
    return Arrays.stream(items).mapToDouble(this::of).average().orElse(0);
  }

  private int firstAtLeast(long count) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < count) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
