package io.zhiyin.engine.evaluate;

/// How far one method is from another for the same users, and how sure that is.
///
/// @param mean of `a - b` over the users
/// @param ci95 the bootstrap 95 % interval of that mean
/// @param pValue two-sided, of a permutation test: how often chance alone gets as far; never 0
/// @param n users
public record PairedDifference(double mean, Interval ci95, double pValue, int n) {

  /// Compares two methods' values of the same users. The same seed gives the same result.
  ///
  /// @throws IllegalArgumentException when the values are not of equally many users
  public static PairedDifference of(double[] a, double[] b, long seed) {
    double[] differences = Paired.differences(a, b);
    double sum = 0;
    for (double difference : differences) {
      sum += difference;
    }
    return new PairedDifference(
        differences.length == 0 ? 0 : sum / differences.length,
        new Bootstrap(seed).mean(differences),
        new PermutationTest(seed).pValue(a, b),
        differences.length);
  }

  /// Whether chance is an unlikely explanation, at 5 %.
  public boolean isSignificant() {
    return pValue < 0.05;
  }
}
