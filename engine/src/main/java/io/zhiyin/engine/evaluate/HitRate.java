package io.zhiyin.engine.evaluate;

/// Whether anything right is among the first `k`.
public record HitRate(int k) implements RankingMetric {
  public HitRate {
    Relevant.checkCutOff(k);
  }

  @Override
  public String name() {
    return "hitrate@" + k;
  }

  @Override
  public double of(int[] ranked, int[] relevant) {
    return Relevant.hits(ranked, relevant, k) > 0 ? 1 : 0;
  }

  @Override
  public double ofRank(int rank) {
    return rank < k ? 1 : 0;
  }
}
