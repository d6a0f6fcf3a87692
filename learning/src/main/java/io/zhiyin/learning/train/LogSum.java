package io.zhiyin.learning.train;

import java.util.Arrays;

/// The log of a sum of exponentials, `log Σ exp(β s_i)`, without overflow. Negative infinity of
/// nothing; a score of negative infinity counts as nothing.
final class LogSum {
  private LogSum() {}

  static double of(float[] scores, double scale) {
    double[] wide = new double[scores.length];
    Arrays.setAll(wide, i -> scores[i]);
    return of(wide, scale);
  }

  static double of(double[] scores, double scale) {
    double highest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      highest = Math.max(highest, scale * score);
    }
    double sum = 0;
    for (double score : scores) {
      sum += highest > Double.NEGATIVE_INFINITY ? Math.exp(scale * score - highest) : 0;
    }
    return highest + Math.log(sum);
  }
}
