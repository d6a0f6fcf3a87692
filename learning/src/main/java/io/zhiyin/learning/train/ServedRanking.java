package io.zhiyin.learning.train;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.evaluate.Ndcg;
import io.zhiyin.engine.evaluate.RankingMetric;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.rank.BlendFile;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.RankFeatures;
import io.zhiyin.engine.rank.RankerFile;
import io.zhiyin.engine.rank.TreeRanker;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.learning.dataset.Case;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How well a saved model, with all evidence beside it, ranks as requests are ranked: the sources
/// propose, the saved weights order, and the saved ranker, where there is one, orders the best
/// anew.
///
/// Own items of the shopper are left out where the target is a new one; where the shopper came back
/// to an own item nothing is left out. A target that no source proposes counts as missed.
public final class ServedRanking {
  private static final int PROPOSALS = 200;
  private static final RankingMetric METRIC = new Ndcg(10);

  private final Evidences evidences;
  private final BlendWeights weights;
  private final Optional<TreeRanker> ranker;
  private final RankFeatures features;

  private ServedRanking(
      Evidences evidences,
      BlendWeights weights,
      Optional<TreeRanker> ranker,
      RankFeatures features) {
    this.evidences = evidences;
    this.weights = weights;
    this.ranker = ranker;
    this.features = features;
  }

  /// By these weights alone.
  ServedRanking(Evidences evidences, BlendWeights weights, RecallIndexes counted) {
    this(evidences, weights, Optional.empty(), new RankFeatures(counted));
  }

  /// @param directory of the model
  /// @param counted beside it, from data without what will be asked
  /// @param encoders read the items' texts, where the model was trained with them
  /// @throws io.zhiyin.engine.model.ModelException when the model is missing, damaged or newer
  public static ServedRanking of(
      Path directory, Catalog catalog, RecallIndexes counted, TextEncoders encoders)
      throws IOException {
    SequenceModel model = SequenceModel.load(directory, catalog, encoders);
    model.readTexts();
    return new ServedRanking(
        new Evidences(catalog, Training.sources(counted, model), PROPOSALS),
        BlendFile.find(directory).orElse(BlendWeights.DEFAULT),
        RankerFile.find(directory),
        new RankFeatures(counted));
  }

  /// Mean NDCG@10 over shoppers; 0 without any.
  double meanGain(List<Case> cases) {
    return java.util.Arrays.stream(gains(cases)).average().orElse(0);
  }

  /// Mean NDCG@10 of each shopper, in the order of the cases' shoppers.
  public double[] gains(List<Case> cases) {
    double[] gains =
        IntStream.range(0, cases.size()).parallel().mapToDouble(i -> gain(cases.get(i))).toArray();
    return perShopper(cases, gains);
  }

  /// The mean of each shopper's values, in the order of the shoppers' numbers.
  public static double[] perShopper(List<Case> cases, double[] values) {
    Map<Integer, double[]> sums = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      double[] sum = sums.computeIfAbsent(cases.get(i).user(), _ -> new double[2]);
      sum[0] += values[i];
      sum[1]++;
    }
    return sums.values().stream().mapToDouble(sum -> sum[0] / sum[1]).toArray();
  }

  private double gain(Case question) {
    Evidences.Pool pool = evidences.of(question);
    if (pool.target() < 0) {
      return 0;
    }
    boolean cameBack = pool.own()[pool.target()];
    double[] scores = scores(question, pool, cameBack);
    int above = 0;
    for (int i = 0; i < scores.length; i++) {
      boolean ranked = cameBack || !pool.own()[i];
      if (ranked && scores[i] > scores[pool.target()]) {
        above++;
      }
    }
    return METRIC.ofRank(above);
  }

  private double[] scores(Case question, Evidences.Pool pool, boolean cameBack) {
    if (ranker.isPresent()) {
      double[] blended = weights.score(pool.strengths(), pool.items(), question.before());
      return ranker
          .get()
          .score(evidences.query(question), features, pool.items(), pool.strengths(), blended);
    }
    float[] @Nullable [] strengths = cameBack ? pool.strengths() : pool.withoutOwn();
    return weights.score(strengths, pool.items(), question.before());
  }
}
