package io.zhiyin.engine.evaluate;

import java.util.Map;

/// Whether a list mixes categories as the shopper does: the Kullback–Leibler divergence of the
/// list's mix `q` from the history's mix `p`, in nats. 0 is the same mix; larger is farther.
///
/// `KL(p, q~) = Σ p(c) ln(p(c) / q~(c))` with `q~ = (1 - α) q + α p`, so that a category that the
/// list lacks costs much but not everything.
///
/// Steck: Calibrated recommendations, 2018, <https://doi.org/10.1145/3240323.3240372>
///
/// @param smoothing α, above 0 and at most 1
public record Calibration(double smoothing) {
  /// With the article's α of 0.01.
  public static final Calibration STECK = new Calibration(0.01);

  public Calibration {
    if (!(smoothing > 0 && smoothing <= 1)) {
      throw new IllegalArgumentException(
          "smoothing must be above 0 and at most 1, not " + smoothing);
    }
  }

  /// @param history how often each category occurs in what the shopper did
  /// @param list how often each category occurs in the list
  /// @return NaN when either side is empty, since there is no mix then
  public double divergence(Map<Integer, Integer> history, Map<Integer, Integer> list) {
    double ofHistory = total(history);
    double ofList = total(list);
    if (ofHistory == 0 || ofList == 0) {
      return Double.NaN;
    }
    double sum = 0;
    for (Map.Entry<Integer, Integer> entry : history.entrySet()) {
      double p = entry.getValue() / ofHistory;
      if (p > 0) {
        double q = list.getOrDefault(entry.getKey(), 0) / ofList;
        sum += p * Math.log(p / ((1 - smoothing) * q + smoothing * p));
      }
    }
    return sum;
  }

  private static double total(Map<Integer, Integer> counts) {
    return counts.values().stream().mapToDouble(Integer::doubleValue).sum();
  }
}
