package io.zhiyin.learning.trial;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.evaluate.Ndcg;
import io.zhiyin.engine.evaluate.PairedDifference;
import io.zhiyin.engine.evaluate.TargetRank;
import io.zhiyin.engine.pipeline.Objective;
import io.zhiyin.engine.rank.Aim;
import io.zhiyin.engine.rank.Heads;
import io.zhiyin.learning.dataset.Case;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What lists for one objective are worth, on the test choices that ended in a purchase. An item
/// that the shopper knew counts among all items, a new one among those new to the shopper.
///
/// @param sales test choices that were bought within [Heads#WINDOW_HOURS]
/// @param ndcg mean NDCG@10 of what was bought
/// @param revenue mean price of what was bought where it stood among the first ten, else 0; unknown
///   prices count 0
/// @param ndcgGain paired difference of `ndcg` from engagement
/// @param revenueGain paired difference of `revenue` from engagement
public record ObjectiveFigures(
    Objective objective,
    int sales,
    double ndcg,
    double revenue,
    PairedDifference ndcgGain,
    PairedDifference revenueGain) {
  private static final int K = 10;
  private static final Ndcg METRIC = new Ndcg(K);

  /// @param sold test choices that were bought
  static List<ObjectiveFigures> of(
      ZhiyinMethod method, Heads heads, List<Case> sold, Catalog catalog, long seed) {
    List<ObjectiveFigures> figures = new ArrayList<>();
    double[] gains = {};
    double[] revenues = {};
    for (Objective objective : Objective.values()) {
      int[] ranks = ranks(method.aimedAt(new Aim(objective, heads)), sold);
      double[] gain = new double[sold.size()];
      double[] revenue = new double[sold.size()];
      for (int i = 0; i < gain.length; i++) {
        gain[i] = METRIC.ofRank(ranks[i]);
        revenue[i] = ranks[i] < K ? price(catalog.at(sold.get(i).target())) : 0;
      }
      if (objective == Objective.ENGAGEMENT) {
        gains = gain;
        revenues = revenue;
      }
      figures.add(
          new ObjectiveFigures(
              objective,
              sold.size(),
              mean(gain),
              mean(revenue),
              PairedDifference.of(gain, gains, seed),
              PairedDifference.of(revenue, revenues, seed)));
    }
    return figures;
  }

  private static int[] ranks(ZhiyinMethod method, List<Case> cases) {
    return IntStream.range(0, cases.size())
        .parallel()
        .map(
            i -> {
              Case question = cases.get(i);
              Method.Scores scores = method.score(question);
              boolean known = question.before().contains(question.target());
              return TargetRank.of(known ? scores.all() : scores.withoutOwn(), question.target());
            })
        .toArray();
  }

  private static double price(@Nullable Item item) {
    return item != null && item.price() > 0 ? item.price() : 0;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }
}
