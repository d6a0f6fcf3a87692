package io.zhiyin.learning.trial;

import io.zhiyin.engine.content.ContentIndex;
import io.zhiyin.engine.evaluate.Calibration;
import io.zhiyin.engine.evaluate.Coverage;
import io.zhiyin.engine.evaluate.Gini;
import io.zhiyin.engine.evaluate.IntraListDiversity;
import io.zhiyin.engine.evaluate.Novelty;
import io.zhiyin.engine.evaluate.PopularityPercentile;
import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.dataset.Case;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What a method's lists of ten are like, whether they were right or not; own items left out.
///
/// @param lists how many shoppers' lists this is about
/// @param coverage share of all items that stand on any list
/// @param novelty mean surprise of an item, in bits
/// @param diversity mean difference of two items of a list by content, 0 to 1
/// @param popularity mean popularity percentile of what is shown, 0 to 1
/// @param targetPopularity the same of what shoppers then chose
/// @param gini how unequally being shown is spread over all items, 0 to 1
/// @param calibration mean divergence of the list's category mix from the shopper's, in nats; NaN
///   where items have no category
public record BeyondAccuracy(
    String method,
    int lists,
    double coverage,
    double novelty,
    double diversity,
    double popularity,
    double targetPopularity,
    double gini,
    double calibration) {

  /// Measures lists.
  static final class Meter {
    private final ItemFigures items;
    private final IntraListDiversity diversity;
    private final Novelty novelty;
    private final PopularityPercentile popularity;
    private final List<Case> listed;
    private final int bound;

    Meter(ItemFigures items, ContentIndex content, List<Case> listed) {
      this.items = items;
      this.listed = listed;
      bound = items.counts().length;
      diversity = new IntraListDiversity(content::similarity);
      novelty = new Novelty(items.counts());
      popularity = new PopularityPercentile(items.counts());
    }

    BeyondAccuracy of(MethodRanks method) {
      List<int[]> lists = method.lists();
      long[] shown = new long[bound];
      lists.forEach(list -> Arrays.stream(list).forEach(item -> shown[item]++));
      return new BeyondAccuracy(
          method.name(),
          lists.size(),
          new Coverage(bound).of(lists),
          lists.stream().mapToDouble(novelty::of).average().orElse(0),
          lists.parallelStream().mapToDouble(diversity::of).sum() / Math.max(1, lists.size()),
          lists.stream().mapToDouble(popularity::mean).average().orElse(0),
          listed.stream().mapToDouble(c -> popularity.of(c.target())).average().orElse(0),
          Gini.of(shown),
          IntStream.range(0, lists.size())
              .mapToDouble(i -> divergence(listed.get(i).before(), lists.get(i)))
              .filter(value -> !Double.isNaN(value))
              .average()
              .orElse(Double.NaN));
    }

    private double divergence(History history, int[] list) {
      return Calibration.STECK.divergence(
          mix(IntStream.range(0, history.size()).map(history::item)), mix(Arrays.stream(list)));
    }

    private Map<Integer, Integer> mix(IntStream of) {
      Map<Integer, Integer> mix = new HashMap<>();
      of.filter(item -> item >= 0)
          .map(items::category)
          .filter(category -> category >= 0)
          .forEach(category -> mix.merge(category, 1, Integer::sum));
      return mix;
    }
  }
}
