package io.zhiyin.engine.rerank;

import io.zhiyin.engine.pipeline.Reranker;

/// The ways to make a list varied, each with one dial from 0 (the order of the scores) to 1
/// (likeness alone).
public enum Diversity {
  /// Maximal marginal relevance: unlike the most alike item.
  MMR("mmr"),
  /// Determinantal point process: unlike the whole list.
  DPP("dpp");

  private final String wireName;

  Diversity(String wireName) {
    this.wireName = wireName;
  }

  /// The name in settings and requests.
  public String wireName() {
    return wireName;
  }

  /// @param dial 0 to 1
  public Reranker reranker(double dial) {
    return switch (this) {
      case MMR -> new Mmr(dial);
      case DPP -> new Dpp(dial);
    };
  }
}
