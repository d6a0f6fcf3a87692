package io.zhiyin.engine.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Whether two methods differ for the same users by more than chance: the signs of the differences
/// are flipped at random, and it is counted how often the mean gets as far from 0 as it is.
///
/// Smucker, Allan, Carterette: A comparison of statistical significance tests for information
/// retrieval evaluation, 2007, <https://doi.org/10.1145/1321440.1321528>
///
/// @param rounds how often signs are flipped
public record PermutationTest(int rounds, long seed) {
  public static final int ROUNDS = 2000;

  public PermutationTest {
    if (rounds < 1) {
      throw new IllegalArgumentException("a test needs at least 1 round, not " + rounds);
    }
  }

  public PermutationTest(long seed) {
    this(ROUNDS, seed);
  }

  /// The two-sided p-value, never 0: the order as seen counts as one of the rounds.
  public double pValue(double[] a, double[] b) {
    // equal users add nothing, whichever sign they get
    double[] differences =
        Arrays.stream(Paired.differences(a, b)).filter(difference -> difference != 0).toArray();
    double seen = Math.abs(Arrays.stream(differences).sum());
    double tolerance = 1e-12 * Math.max(1, seen);
    SplittableRandom random = new SplittableRandom(seed);
    int asFar = 1;
    for (int round = 0; round < rounds; round++) {
      double sum = 0;
      for (double difference : differences) {
        sum += random.nextBoolean() ? difference : -difference;
      }
      asFar += Math.abs(sum) >= seen - tolerance ? 1 : 0;
    }
    return asFar / (rounds + 1.0);
  }
}
