package io.zhiyin.engine.evaluate;

import io.zhiyin.engine.catalog.ItemOrder;

/// At which place one item stands in a ranking of the whole catalogue.
public final class TargetRank {
  private TargetRank() {}

  /// The number of items before the target, equals in the order of [ItemOrder].
  ///
  /// An item with score NaN or negative infinity is not in the ranking: set it so to mask it. A
  /// target that is not in the ranking comes after all.
  ///
  /// @param scores by item index, larger is better
  public static int of(float[] scores, int target) {
    if (!isRanked(scores[target])) {
      return scores.length;
    }
    long key = ItemOrder.key(target, scores[target]);
    int before = 0;
    for (int item = 0; item < scores.length; item++) {
      float score = scores[item];
      if (score >= scores[target] && isRanked(score) && ItemOrder.key(item, score) < key) {
        before++;
      }
    }
    return before;
  }

  private static boolean isRanked(float score) {
    return score > Float.NEGATIVE_INFINITY;
  }
}
