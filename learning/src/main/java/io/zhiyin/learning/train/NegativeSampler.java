package io.zhiyin.learning.train;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

/// Draws the items that one step's softmax runs over where the catalogue is too large for all: the
/// step's own targets and items drawn evenly, shared by all places of the step.
///
/// An item is drawn with probability q = 1 − (1 − 1/n)^K (1 − p)^V for K even draws and V targets
/// of popularity p; log q is taken off its logit, so that the popular are not held down for being
/// drawn often. [Sampling-bias-corrected neural
/// modeling](https://dl.acm.org/doi/10.1145/3298689.3346996)
final class NegativeSampler {
  private final double[] popularity;
  private final int draws;

  /// @param popularity share of all targets, by row
  /// @param draws K
  NegativeSampler(double[] popularity, int draws) {
    this.popularity = popularity;
    this.draws = draws;
  }

  /// @param rows of the items drawn, rising
  /// @param targets each target's position in `rows`
  /// @param logs log q of each row drawn
  record Sample(long[] rows, long[] targets, float[] logs) {}

  /// @param seed of the draws
  Sample draw(long[] targets, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = popularity.length;
    BitSet drawn = new BitSet(n);
    for (long target : targets) {
      drawn.set((int) target);
    }
    for (int i = 0; i < draws; i++) {
      drawn.set(random.nextInt(n));
    }
    long[] rows = drawn.stream().asLongStream().toArray();
    long[] positions = new long[targets.length];
    for (int i = 0; i < targets.length; i++) {
      positions[i] = Arrays.binarySearch(rows, targets[i]);
    }
    float[] logs = new float[rows.length];
    double missedByDraws = draws * Math.log1p(-1.0 / n);
    for (int i = 0; i < rows.length; i++) {
      double missed =
          missedByDraws + targets.length * Math.log1p(-Math.min(0.999, popularity[(int) rows[i]]));
      logs[i] = (float) Math.log(-Math.expm1(missed));
    }
    return new Sample(rows, positions, logs);
  }
}
