package io.zhiyin.learning.train;

import io.zhiyin.engine.model.Repeats;
import io.zhiyin.engine.profile.MetItems;
import java.util.ArrayList;
import java.util.List;

/// Learns [Repeats] from choices that the scores have not seen: a conditional logit in which only
/// the scores of items met already may change,
///
///     P(i) = exp(β s_i + w · f_i) / Σ_j exp(β s_j + w · f_j),      f_j = 0 for items not met,
///
/// where f says how long ago and how often. The likelihood with a small ridge is concave in w; one
/// number after the other is moved by Newton's method until none moves. Independent of irrelevant
/// alternatives, so that it may be fitted among candidates only, as long as the chosen item and
/// those met are among them.
final class RepeatFit {
  /// So strongly numbers are held to 0: as if a tenth of a choice spoke against each.
  private static final double RIDGE = 0.1;

  private static final int SWEEPS = 60;
  private static final double LONGEST_STEP = 1;
  private static final double ENOUGH = 1e-4;
  private static final int NUMBERS = Repeats.RECENCY + Repeats.TIMES;

  private final List<Choice> choices = new ArrayList<>();

  /// One case, scores relative to everything that was not met.
  ///
  /// @param recency place of each met item among the numbers
  /// @param times the same
  /// @param scores β s of each met item, less the log of the sum of exp(β s_j) over all others
  /// @param chosen the number of the met item that was chosen, or -1
  private record Choice(int[] recency, int[] times, double[] scores, int chosen) {}

  /// Adds a choice; one without any item met tells nothing and is not kept.
  ///
  /// @param scores β s of each met item, by its number in `met`; negative infinity where it cannot
  ///   be chosen
  /// @param others log of the sum of exp(β s) over the items that were not met
  /// @param chosen the number of the met item that was chosen, or -1
  RepeatFit add(MetItems met, double[] scores, double others, int chosen) {
    int n = met.size();
    if (n > 0 && Double.isFinite(others)) {
      int[] recency = new int[n];
      int[] times = new int[n];
      double[] relative = new double[n];
      for (int k = 0; k < n; k++) {
        recency[k] = Repeats.recency(met.steps(k));
        times[k] = Repeats.RECENCY + Repeats.times(met.times(k));
        relative[k] = scores[k] - others;
      }
      choices.add(new Choice(recency, times, relative, chosen));
    }
    return this;
  }

  /// What makes the choices most likely, in the measure of the scores s.
  ///
  /// @param scale the β that the scores were multiplied by
  Repeats fit(double scale) {
    double[] w = new double[NUMBERS];
    double moved = choices.isEmpty() ? 0 : Double.POSITIVE_INFINITY;
    for (int sweep = 0; sweep < SWEEPS && moved > ENOUGH; sweep++) {
      moved = 0;
      for (int number = 0; number < NUMBERS; number++) {
        double step = step(w, number);
        w[number] += step;
        moved = Math.max(moved, Math.abs(step));
      }
    }
    float[] changes = new float[NUMBERS];
    for (int number = 0; number < NUMBERS; number++) {
      changes[number] = (float) (w[number] / scale);
    }
    return new Repeats(changes);
  }

  /// Newton's step of one number, not longer than can be trusted.
  private double step(double[] w, int number) {
    double[] sums =
        choices.parallelStream()
            .map(choice -> slopes(choice, w, number))
            .reduce(new double[2], (a, b) -> new double[] {a[0] + b[0], a[1] + b[1]});
    double slope = sums[0] - RIDGE * w[number];
    double bend = sums[1] + RIDGE;
    return Math.clamp(slope / bend, -LONGEST_STEP, LONGEST_STEP);
  }

  /// First derivative of a choice's log-likelihood by a number, and the second with its sign
  /// turned.
  private static double[] slopes(Choice choice, double[] w, int number) {
    double highest = 0; // all that were not met together
    for (int k = 0; k < choice.scores.length; k++) {
      highest = Math.max(highest, score(choice, w, k));
    }
    double all = Math.exp(-highest);
    double these = 0;
    double found = 0;
    for (int k = 0; k < choice.scores.length; k++) {
      double weight = Math.exp(score(choice, w, k) - highest);
      all += weight;
      if (choice.recency[k] == number || choice.times[k] == number) {
        these += weight;
        found += k == choice.chosen ? 1 : 0;
      }
    }
    double p = these / all;
    return new double[] {found - p, p * (1 - p)};
  }

  private static double score(Choice choice, double[] w, int k) {
    return choice.scores[k] + w[choice.recency[k]] + w[choice.times[k]];
  }
}
