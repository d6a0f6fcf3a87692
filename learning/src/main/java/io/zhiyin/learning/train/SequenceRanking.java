package io.zhiyin.learning.train;

import io.zhiyin.engine.evaluate.Ndcg;
import io.zhiyin.engine.evaluate.RankingMetric;
import io.zhiyin.engine.evaluate.TargetRank;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.MetItems;
import io.zhiyin.learning.dataset.Case;
import java.util.List;
import java.util.stream.IntStream;

/// How well a sequence model alone ranks the whole catalogue. Own items of the shopper are left out
/// where the target is a new one, as in [ServedRanking].
public record SequenceRanking(SequenceModel model) {
  private static final RankingMetric METRIC = new Ndcg(10);

  /// Mean NDCG@10 of each shopper, in the order of the shoppers' numbers.
  public double[] gains(List<Case> cases) {
    double[] gains =
        IntStream.range(0, cases.size()).parallel().mapToDouble(i -> gain(cases.get(i))).toArray();
    return ServedRanking.perShopper(cases, gains);
  }

  private double gain(Case question) {
    History before = question.before();
    return model
        .encode(before)
        .map(
            vector -> {
              float[] scores = new float[model.itemBound()];
              model.scoreAll(vector, scores);
              model.repeats().add(MetItems.of(before), scores);
              if (!before.contains(question.target())) {
                for (int i = 0; i < before.size(); i++) {
                  if (before.item(i) >= 0 && before.item(i) < scores.length) {
                    scores[before.item(i)] = Float.NEGATIVE_INFINITY;
                  }
                }
              }
              return METRIC.ofRank(TargetRank.of(scores, question.target()));
            })
        .orElse(0.0);
  }
}
