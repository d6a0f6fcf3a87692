package io.zhiyin.engine.rank;

import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.kernel.tree.TreeEnsemble;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
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
    int[] looked = best(query, items, strengths, blended);
    float[] rows = features.read(query, items, strengths, blended, looked);
    double[] odds = odds(rows, looked.length);
    aim.turn(query.catalog(), items, looked, rows, odds, listener);
    double[] scores = new double[items.length];
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
    boolean[] own = new boolean[items.length];
    for (int i = 0; i < items.length; i++) {
      own[i] = query.profile().history().contains(items[i]);
    }
    boolean[] untouched = untouched(items.length, strengths);
    float[] content = strengths[Evidence.CONTENT.ordinal()];
    double[] said = new double[items.length];
    for (int i = 0; i < items.length; i++) {
      said[i] = content != null && content[i] > 0 ? content[i] : 0;
    }
    double bar = bar(items.length, i -> !own[i], blended, DEPTH);
    double low = bar(items.length, i -> !own[i] && untouched[i], said, NEWCOMERS);
    return IntStream.range(0, items.length)
        .filter(i -> own[i] || blended[i] >= bar || (untouched[i] && said[i] > 0 && said[i] >= low))
        .toArray();
  }

  /// Which of the candidates nobody has touched. None where all seem to be: then popularity was not
  /// measured, as in a request in which it came too late.
  static boolean[] untouched(int candidates, float[] @Nullable [] strengths) {
    boolean[] untouched = new boolean[candidates];
    float[] popularity = strengths[Evidence.POPULAR.ordinal()];
    boolean counted = false;
    for (int i = 0; popularity != null && i < candidates; i++) {
      untouched[i] = !(popularity[i] > 0);
      counted |= popularity[i] > 0;
    }
    return counted ? untouched : new boolean[candidates];
  }

  /// The score of the last of the best, so many of those that may be.
  private static double bar(int n, IntPredicate may, double[] blended, int best) {
    double[] kept = new double[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (may.test(i)) {
        kept[count++] = -blended[i];
      }
    }
    Arrays.sort(kept, 0, count);
    return count < best ? Double.NEGATIVE_INFINITY : -kept[best - 1];
  }
}
