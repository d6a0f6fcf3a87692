package io.zhiyin.engine.rank;

import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.kernel.tree.TreeEnsemble;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The learned second look: the best candidates by the blend are ordered anew by boosted trees over
/// all [RankFeature]s; the others follow in the order of the blend.
///
/// The trees' sum is the log-odds that the item is what the shopper chooses next. Immutable.
public record TreeRanker(TreeEnsemble trees) {
  /// How many candidates get the second look, beside the shopper's own items.
  public static final int DEPTH = 120;

  /// How many items that nobody has touched get it beside these: the blend, which counts mostly
  /// what others did with an item, seldom has one among its best.
  public static final int NEWCOMERS = 24;

  /// @throws IllegalArgumentException when the trees ask for a feature that does not exist
  public TreeRanker {
    if (trees.width() > RankFeature.COUNT) {
      throw new IllegalArgumentException(
          "the trees ask for feature " + (trees.width() - 1) + " of " + RankFeature.COUNT);
    }
  }

  /// The scores of candidates, larger is better: log-odds for those that got the second look, less
  /// for the others.
  ///
  /// @param blended the candidates' scores by the blend
  /// @param strengths see [RankFeatures#read]
  public double[] score(
      Query query,
      RankFeatures features,
      int[] items,
      float[] @Nullable [] strengths,
      double[] blended) {
    return score(query, features, items, strengths, blended, Aim.ENGAGEMENT, Aim.Listener.NOBODY);
  }

  /// The scores of candidates, larger is better: for those that got the second look log-odds, or
  /// what the aim makes of them, less for the others.
  ///
  /// @param blended the candidates' scores by the blend
  /// @param strengths see [RankFeatures#read]
  public double[] score(
      Query query,
      RankFeatures features,
      int[] items,
      float[] @Nullable [] strengths,
      double[] blended,
      Aim aim,
      Aim.Listener listener) {
    return score(query, features, items, strengths, blended, aim, new RankRoom(), listener);
  }

  /// The same.
  ///
  /// @param blended one for each item, or longer
  /// @return in the room, one for each item or longer
  double[] score(
      Query query,
      RankFeatures features,
      int[] items,
      float[] @Nullable [] strengths,
      double[] blended,
      Aim aim,
      RankRoom room,
      Aim.Listener listener) {
    int[] looked = best(query, items, strengths, blended, room.sorted(items.length));
    float[] rows = room.rows(looked.length);
    features.read(query, items, strengths, blended, looked, rows);
    double[] odds = odds(rows, looked.length);
    aim.turn(query.catalog(), items, looked, rows, odds, listener);
    double[] scores = room.scores(items.length);
    double lowest = Arrays.stream(odds).min().orElse(0);
    double highest = Double.NEGATIVE_INFINITY;
    boolean[] done = new boolean[items.length];
    for (int i = 0; i < looked.length; i++) {
      scores[looked[i]] = odds[i];
      done[looked[i]] = true;
    }
    for (int i = 0; i < items.length; i++) {
      highest = done[i] ? highest : Math.max(highest, blended[i]);
    }
    for (int i = 0; i < items.length; i++) {
      if (!done[i]) {
        scores[i] = lowest - 1e-3 + blended[i] - highest;
      }
    }
    return scores;
  }

  /// The log-odds of rows of features `[rows, RankFeature.COUNT]`.
  public double[] odds(float[] matrix, int rows) {
    double[] sums = new double[rows];
    trees.add(matrix, rows, RankFeature.COUNT, sums);
    return sums;
  }

  /// Positions of the candidates that get the second look, rising: the [#DEPTH] best by the blend
  /// among those new to the shopper, of those that nobody has touched the [#NEWCOMERS] whose
  /// content is most alike, and all own ones.
  public static int[] best(
      Query query, int[] items, float[] @Nullable [] strengths, double[] blended) {
    return best(query, items, strengths, blended, new double[items.length]);
  }

  private static int[] best(
      Query query, int[] items, float[] @Nullable [] strengths, double[] blended, double[] sorted) {
    int n = items.length;
    boolean[] own = new boolean[n];
    for (int i = 0; i < n; i++) {
      own[i] = query.profile().history().contains(items[i]);
    }
    boolean[] untouched = untouched(n, strengths[Evidence.POPULAR.ordinal()]);
    float[] content = strengths[Evidence.CONTENT.ordinal()];
    double bar = bar(n, i -> !own[i], i -> blended[i], DEPTH, sorted);
    double low = bar(n, i -> !own[i] && untouched[i], i -> said(content, i), NEWCOMERS, sorted);
    int[] best = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      double said = untouched[i] ? said(content, i) : 0;
      if (own[i] || blended[i] >= bar || (said > 0 && said >= low)) {
        best[count++] = i;
      }
    }
    return Arrays.copyOf(best, count);
  }

  private static double said(float @Nullable [] content, int i) {
    return content != null && content[i] > 0 ? content[i] : 0;
  }

  /// Which of the candidates nobody has touched. None where all seem to be: then popularity was not
  /// measured, as in a request in which it came too late.
  static boolean[] untouched(int candidates, float @Nullable [] popularity) {
    boolean[] untouched = new boolean[candidates];
    boolean counted = false;
    for (int i = 0; popularity != null && i < candidates; i++) {
      untouched[i] = !(popularity[i] > 0);
      counted |= popularity[i] > 0;
    }
    return counted ? untouched : new boolean[candidates];
  }

  /// The score of the last of the best, so many of those that may be.
  private static double bar(
      int n, IntPredicate may, IntToDoubleFunction score, int best, double[] sorted) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (may.test(i)) {
        sorted[count++] = -score.applyAsDouble(i);
      }
    }
    Arrays.sort(sorted, 0, count);
    return count < best ? Double.NEGATIVE_INFINITY : -sorted[best - 1];
  }
}
