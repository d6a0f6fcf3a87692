package io.zhiyin.learning.trial;

import io.zhiyin.engine.evaluate.RankingMetric;
import java.util.Arrays;
import java.util.List;

/// Where one method put the right item of each test case, 0 for first, and what it would have
/// shown.
///
/// @param masked with the shopper's own items left out
/// @param unmasked with all items ranked
/// @param lists the first items that each case of [TestCases#listed()] would have been shown, own
///   items left out
record MethodRanks(String name, int[] masked, int[] unmasked, List<int[]> lists) {
  MethodRanks {
    lists = List.copyOf(lists);
  }

  int[] ranks(View view) {
    return switch (view) {
      case MASKED -> masked;
      case UNMASKED -> unmasked;
    };
  }

  /// A metric's value for each case.
  double[] values(View view, RankingMetric metric) {
    return Arrays.stream(ranks(view)).mapToDouble(metric::ofRank).toArray();
  }
}
