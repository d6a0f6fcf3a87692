package io.zhiyin.learning.train;

import io.zhiyin.engine.rank.RankFeature;
import io.zhiyin.learning.train.RankerFit.Looked;
import org.jspecify.annotations.Nullable;

/// The rows that the ranker's trees learn from: features, whether the candidate was the answer, and
/// how much the row counts.
///
/// Cases whose answer is not among the candidates teach too, or else the odds would be too high; of
/// these a quarter of the rows is used and counts four times.
final class RankRows {
  private static final int THINNED = 4;

  /// How much more a row of an item that is taken for new counts. It is the same for all of them,
  /// so that their odds stay what they are; but they are few, and trees must care for them.
  private static final float STRESS = 4;

  private final float[] features;
  private final float[] answers;
  private final float[] weights;
  private int at;

  /// Hears of rows.
  @FunctionalInterface
  interface Sink {
    void row(Looked looked, int candidate, float weight);
  }

  /// Only counts them.
  static final class Counter {
    private int rows;

    void row(Looked looked, int candidate, float weight) {
      rows++;
    }

    int rows() {
      return rows;
    }
  }

  RankRows(int size) {
    features = new float[Math.multiplyExact(size, RankFeature.COUNT)];
    answers = new float[size];
    weights = new float[size];
  }

  /// Tells a case's rows. Each item is taken for new in one of [PastDropout#GROUPS] draws; all of
  /// the draws but one leave the answer its past, so a row of that one counts so much less.
  ///
  /// @param newcomer the same case with its answer taken for new, where it can be
  static void ofCase(Looked usual, @Nullable Looked newcomer, Sink sink) {
    float rare = 1f / PastDropout.GROUPS;
    int step = usual.answer() < 0 ? THINNED : 1;
    for (int i = 0; i < usual.size(); i += step) {
      sink.row(usual, i, step * (usual.asNew()[i] ? STRESS * (1 - rare) : 1));
    }
    for (int i = 0; newcomer != null && i < newcomer.size(); i++) {
      if (newcomer.asNew()[i]) {
        sink.row(newcomer, i, STRESS * rare);
      }
    }
  }

  void row(Looked looked, int candidate, float weight) {
    System.arraycopy(
        looked.rows(),
        candidate * RankFeature.COUNT,
        features,
        at * RankFeature.COUNT,
        RankFeature.COUNT);
    answers[at] = candidate == looked.answer() ? 1 : 0;
    weights[at++] = weight;
  }

  BoostedTrees.Rows made() {
    return new BoostedTrees.Rows(features, RankFeature.COUNT, answers, weights);
  }
}
