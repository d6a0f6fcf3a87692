package io.zhiyin.learning.trial;

import io.zhiyin.engine.evaluate.Bootstrap;
import io.zhiyin.engine.evaluate.Estimate;
import io.zhiyin.engine.evaluate.HitRate;
import io.zhiyin.engine.evaluate.Mrr;
import io.zhiyin.engine.evaluate.Ndcg;
import io.zhiyin.engine.evaluate.RankingMetric;
import io.zhiyin.engine.evaluate.RecallAt;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How accurate one method was.
///
/// @param masked with the shopper's own items left out
/// @param unmasked with all items ranked
public record MethodFigures(String name, Accuracy masked, Accuracy unmasked) {

  /// The accuracy of one ranking.
  ///
  /// @param means of each metric by its name, such as `recall@10`, in the order of reports
  /// @param ndcg at the leading cut-off
  /// @param recall at the leading cut-off
  public record Accuracy(Map<String, Double> means, Estimate ndcg, Estimate recall) {}

  static MethodFigures of(MethodRanks ranks, TrialSetup setup) {
    return new MethodFigures(
        ranks.name(), accuracy(ranks, View.MASKED, setup), accuracy(ranks, View.UNMASKED, setup));
  }

  /// The figures of one view.
  public Accuracy of(View view) {
    return switch (view) {
      case MASKED -> masked;
      case UNMASKED -> unmasked;
    };
  }

  private static Accuracy accuracy(MethodRanks ranks, View view, TrialSetup setup) {
    int k = setup.headline();
    Map<String, Double> means = new LinkedHashMap<>();
    for (int cutoff : setup.cutoffs()) {
      put(means, ranks, view, new RecallAt(cutoff));
    }
    for (int cutoff : setup.cutoffs()) {
      put(means, ranks, view, new Ndcg(cutoff));
    }
    for (RankingMetric metric : List.of(new Mrr(k), new HitRate(k))) {
      put(means, ranks, view, metric);
    }
    return new Accuracy(
        means,
        Estimate.of(ranks.values(view, new Ndcg(k)), new Bootstrap(setup.seed())),
        Estimate.ofShare(
            (int) Arrays.stream(ranks.ranks(view)).filter(rank -> rank < k).count(),
            ranks.ranks(view).length));
  }

  private static void put(
      Map<String, Double> means, MethodRanks ranks, View view, RankingMetric metric) {
    means.put(metric.name(), Arrays.stream(ranks.values(view, metric)).average().orElse(0));
  }
}
