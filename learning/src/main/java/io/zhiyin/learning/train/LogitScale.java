package io.zhiyin.learning.train;

import java.util.ArrayList;
import java.util.List;

/// The factor β that makes scores log-odds of being chosen: of all β the one that makes the choices
/// most likely where P(i) = exp(β s_i) / Σ_j exp(β s_j). Concave in β; found by Newton's method.
/// ([Temperature scaling](https://arxiv.org/abs/1706.04599), with β = 1 / T.)
final class LogitScale {
  private static final double LEAST = 0.02;
  private static final double MOST = 50;
  private static final int STEPS = 50;
  private static final double ENOUGH = 1e-6;

  private final List<Choice> choices = new ArrayList<>();

  private record Choice(double[] scores, double chosen) {}

  /// @param scores of all that could be chosen
  /// @param chosen score of what was
  LogitScale add(double[] scores, double chosen) {
    choices.add(new Choice(scores, chosen));
    return this;
  }

  /// 1 without a choice that tells.
  double fit() {
    double beta = 1;
    for (int step = 0; step < STEPS; step++) {
      double slope = 0;
      double bend = 0;
      for (Choice choice : choices) {
        double whole = LogSum.of(choice.scores, beta);
        double mean = 0;
        double square = 0;
        for (double score : choice.scores) {
          double p = Math.exp(beta * score - whole);
          mean += p * score;
          square += p * score * score;
        }
        slope += choice.chosen - mean;
        bend += square - mean * mean;
      }
      if (!(bend > 0)) {
        return beta;
      }
      // at most twice or half as much at once: far from the best, Newton's step is too long
      double next =
          Math.clamp(beta + slope / bend, Math.max(LEAST, beta / 2), Math.min(MOST, beta * 2));
      if (Math.abs(next - beta) < ENOUGH * beta) {
        return next;
      }
      beta = next;
    }
    return beta;
  }
}
