package io.zhiyin.engine.evaluate;

/// Mean reciprocal rank: one over the place (from 1) of the first right item among the first `k`.
public record Mrr(int k) implements RankingMetric {
  public Mrr {
    Relevant.checkCutOff(k);
  }

  @Override
  public String name() {
    return "mrr@" + k;
  }

  @Override
  public double of(int[] ranked, int[] relevant) {
    for (int i = 0; i < Math.min(k, ranked.length); i++) {
      if (Relevant.contains(relevant, ranked[i])) {
        return ofRank(i);
      }
    }
    return 0;
  }

  @Override
  public double ofRank(int rank) {
    return rank < k ? 1 / (rank + 1.0) : 0;
  }
}
