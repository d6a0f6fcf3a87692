package io.zhiyin.engine.evaluate;

/// How good one ranked list is, given which items were right. 0 is worst, 1 best.
public interface RankingMetric {
  /// The name in tables, as in `recall@10`.
  String name();

  /// @param ranked the list, best first, no item twice
  /// @param relevant the items that were right, no item twice; 0 for none
  double of(int[] ranked, int[] relevant);

  /// The value when exactly one item was right and stands at that place.
  ///
  /// @param rank 0 for the first place
  double ofRank(int rank);
}
