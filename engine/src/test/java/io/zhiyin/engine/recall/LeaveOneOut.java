package io.zhiyin.engine.recall;

import io.zhiyin.engine.evaluate.Bootstrap;
import io.zhiyin.engine.evaluate.Interval;
import io.zhiyin.engine.evaluate.Ndcg;
import io.zhiyin.engine.evaluate.RankingMetric;
import io.zhiyin.engine.evaluate.RecallAt;
import io.zhiyin.engine.evaluate.TargetRank;
import io.zhiyin.engine.profile.History;
import java.util.Locale;
import java.util.stream.IntStream;

/// Ranks one held-out item of each shopper among all items.
final class LeaveOneOut {
  private final AmazonShop shop;
  private final int heldOut;
  private final int every;

  /// @param heldOut 1 asks for the last item, 2 for the one before
  /// @param every asks every n-th shopper only
  LeaveOneOut(AmazonShop shop, int heldOut, int every) {
    this.shop = shop;
    this.heldOut = heldOut;
    this.every = every;
  }

  interface FullScorer {
    void addAll(History history, float[] scores);
  }

  /// The ranks of the held-out items, with the shopper's own items left out or not.
  record Ranks(int[] masked, int[] unmasked) {
    static double mean(RankingMetric metric, int[] ranks) {
      return IntStream.of(ranks).mapToDouble(metric::ofRank).average().orElse(0);
    }

    double recall() {
      return mean(new RecallAt(10), masked);
    }

    double ndcg() {
      return mean(new Ndcg(10), masked);
    }

    @Override
    public String toString() {
      Ndcg ndcg = new Ndcg(10);
      Interval interval =
          new Bootstrap(1).mean(IntStream.of(masked).mapToDouble(ndcg::ofRank).toArray());
      return String.format(
          Locale.ROOT,
          "masked R@10 %.4f N@10 %.4f [%.4f, %.4f] · all R@10 %.4f N@10 %.4f (%d shoppers)",
          recall(),
          ndcg(),
          interval.low(),
          interval.high(),
          mean(new RecallAt(10), unmasked),
          mean(ndcg, unmasked),
          masked.length);
    }
  }

  Ranks of(FullScorer scorer) {
    int n = (shop.sequences.size() + every - 1) / every;
    int[] masked = new int[n];
    int[] unmasked = new int[n];
    for (int i = 0; i < n; i++) {
      int[] sequence = shop.sequences.get(i * every);
      int target = sequence[sequence.length - heldOut];
      float[] scores = new float[shop.catalog.indexBound()];
      scorer.addAll(shop.history(sequence, heldOut), scores);
      unmasked[i] = TargetRank.of(scores, target);
      for (int j = 0; j < sequence.length - heldOut; j++) {
        scores[sequence[j]] = Float.NEGATIVE_INFINITY;
      }
      masked[i] = TargetRank.of(scores, target);
    }
    return new Ranks(masked, unmasked);
  }
}
