package io.zhiyin.engine.recall;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/// Sums of weights by item, in fixed point: the order of adding leaves no trace.
final class ItemSums {
  private static final double UNIT = 1 << 24;
  private long[] sums = new long[1024];

  void add(int item, double weight) {
    if (item >= sums.length) {
      sums = Arrays.copyOf(sums, Math.max(item + 1, sums.length * 2));
    }
    sums[item] += Math.round(weight * UNIT);
  }

  /// The sum of an item, 0 when nothing was added.
  double sum(int item) {
    return item < sums.length ? sums[item] / UNIT : 0;
  }

  /// A number made of each item's sum, once: where it is asked for with every pair of items, what
  /// it takes to compute would be paid for each.
  double[] map(DoubleUnaryOperator function) {
    double ofNone = function.applyAsDouble(0);
    double[] made = new double[sums.length];
    for (int item = 0; item < sums.length; item++) {
      made[item] = sums[item] == 0 ? ofNone : function.applyAsDouble(sums[item] / UNIT);
    }
    return made;
  }

  /// One more than the largest item that may have a sum.
  int bound() {
    return sums.length;
  }
}
