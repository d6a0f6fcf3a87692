package io.zhiyin.engine.evaluate;

import java.util.Arrays;

/// How unequally something is spread over items: 0 when all have the same, near 1 when one has
/// everything.
public final class Gini {
  private Gini() {}

  /// `Σ (2i - n - 1) x_i / (n Σ x)` over the counts in rising order, `i` from 1.
  ///
  /// @param counts one for each item that could have a share, not negative
  /// @return 0 to 1; 0 when there is nothing to spread
  public static double of(long[] counts) {
    long[] sorted = counts.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double weighted = 0;
    double total = 0;
    for (int i = 0; i < n; i++) {
      weighted += (2.0 * (i + 1) - n - 1) * sorted[i];
      total += sorted[i];
    }
    return total == 0 ? 0 : weighted / (n * total);
  }
}
