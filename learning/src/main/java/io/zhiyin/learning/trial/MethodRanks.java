package io.zhiyin.learning.trial;

import io.zhiyin.engine.evaluate.Bootstrap;
import io.zhiyin.engine.evaluate.Interval;
import io.zhiyin.engine.evaluate.RankingMetric;
import java.util.Arrays;

/// Where one method put the right item of each test case, 0 for first.
///
/// @param masked with the shopper's own items left out
/// @param unmasked with all items ranked
public record MethodRanks(String name, int[] masked, int[] unmasked) {
  /// The mean of a metric over ranks; 0 without any.
  static double mean(int[] ranks, RankingMetric metric) {
    return Arrays.stream(ranks).mapToDouble(metric::ofRank).average().orElse(0);
  }

  /// The mean's 95 % interval over users.
  static Interval interval(int[] ranks, RankingMetric metric, long seed) {
    return new Bootstrap(seed).mean(Arrays.stream(ranks).mapToDouble(metric::ofRank).toArray());
  }
}
