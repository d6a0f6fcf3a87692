package io.zhiyin.engine.evaluate;

import java.util.Arrays;

/// How unexpected the items of a list are: the mean of `-log2 p(item)`, where `p` is the item's
/// share of all events. An item without events counts as if it had one.
///
/// Vargas, Castells: Rank and relevance in novelty and diversity metrics, 2011,
/// <https://doi.org/10.1145/2043932.2043955>
public final class Novelty {
  private final long[] counts;
  private final double total;

  /// @param counts events by item index
  public Novelty(long[] counts) {
    this.counts = counts.clone();
    this.total = Math.max(1, Arrays.stream(counts).sum());
  }

  /// 0 for an empty list.
  public double of(int[] list) {
    double bits = 0;
    for (int item : list) {
      long count = item < counts.length ? Math.max(1, counts[item]) : 1;
      bits += Math.log(total / count) / Math.log(2);
    }
    return list.length == 0 ? 0 : bits / list.length;
  }
}
