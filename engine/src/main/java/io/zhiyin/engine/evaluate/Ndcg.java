package io.zhiyin.engine.evaluate;

/// Normalised discounted cumulative gain of the first `k`: a right item at place `i` (from 0) gains
/// `1 / log2(i + 2)`, divided by what the best possible list would gain.
///
/// Järvelin, Kekäläinen: Cumulated gain-based evaluation of IR techniques, 2002,
/// <https://doi.org/10.1145/582415.582418>
public record Ndcg(int k) implements RankingMetric {
  public Ndcg {
    Relevant.checkCutOff(k);
  }

  @Override
  public String name() {
    return "ndcg@" + k;
  }

  @Override
  public double of(int[] ranked, int[] relevant) {
    double gain = 0;
    for (int i = 0; i < Math.min(k, ranked.length); i++) {
      gain += Relevant.contains(relevant, ranked[i]) ? discount(i) : 0;
    }
    double best = 0;
    for (int i = 0; i < Math.min(k, relevant.length); i++) {
      best += discount(i);
    }
    return best == 0 ? 0 : gain / best;
  }

  @Override
  public double ofRank(int rank) {
    return rank < k ? discount(rank) : 0;
  }

  private static double discount(int rank) {
    return Math.log(2) / Math.log(rank + 2.0);
  }
}
