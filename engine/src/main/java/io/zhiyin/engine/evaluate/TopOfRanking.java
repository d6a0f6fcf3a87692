package io.zhiyin.engine.evaluate;

import io.zhiyin.engine.catalog.TopItems;

/// The head of a ranking of the whole catalogue, in the order that [TargetRank] counts in.
public final class TopOfRanking {
  private TopOfRanking() {}

  /// The first `k` items; fewer when fewer are ranked.
  ///
  /// @param scores by item index, larger is better; NaN and negative infinity are not ranked
  public static int[] of(float[] scores, int k) {
    TopItems top = new TopItems(k);
    for (int item = 0; item < scores.length; item++) {
      float score = scores[item];
      if (score > Float.NEGATIVE_INFINITY) {
        top.offer(item, score);
      }
    }
    return top.ranked().items();
  }
}
