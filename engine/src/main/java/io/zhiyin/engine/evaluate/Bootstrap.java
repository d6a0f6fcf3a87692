package io.zhiyin.engine.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;

/// How far a mean over users may be from the truth by chance: users are drawn again with
/// replacement, and the spread of the redrawn means is read off. The same seed gives the same
/// interval.
///
/// Efron: Bootstrap methods: another look at the jackknife, 1979,
/// <https://doi.org/10.1214/aos/1176344552>
///
/// @param rounds how often users are drawn
public record Bootstrap(int rounds, long seed) {
  public static final int ROUNDS = 1000;

  public Bootstrap {
    if (rounds < 40) {
      throw new IllegalArgumentException("95 % need at least 40 rounds, not " + rounds);
    }
  }

  public Bootstrap(long seed) {
    this(ROUNDS, seed);
  }

  /// The 95 % interval of the mean; both ends 0 without values.
  public Interval mean(double[] values) {
    if (values.length == 0) {
      return new Interval(0, 0);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += values[random.nextInt(values.length)];
      }
      means[round] = sum / values.length;
    }
    Arrays.sort(means);
    return new Interval(quantile(means, 0.025), quantile(means, 0.975));
  }

  /// The 95 % interval of the mean of `a - b` over the same users: one that holds no 0 tells the
  /// methods apart.
  public Interval difference(double[] a, double[] b) {
    return mean(Paired.differences(a, b));
  }

  private static double quantile(double[] sorted, double q) {
    double at = q * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
