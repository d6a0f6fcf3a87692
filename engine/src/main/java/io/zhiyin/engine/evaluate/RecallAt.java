package io.zhiyin.engine.evaluate;

/// Which part of what was right is among the first `k`.
public record RecallAt(int k) implements RankingMetric {
  public RecallAt {
    Relevant.checkCutOff(k);
  }

  @Override
  public String name() {
    return "recall@" + k;
  }

  @Override
  public double of(int[] ranked, int[] relevant) {
    return relevant.length == 0 ? 0 : Relevant.hits(ranked, relevant, k) / (double) relevant.length;
  }

  @Override
  public double ofRank(int rank) {
    return rank < k ? 1 : 0;
  }
}
