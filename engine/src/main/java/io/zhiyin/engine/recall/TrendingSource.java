package io.zhiyin.engine.recall;

import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;

/// What everybody turns to these days.
public record TrendingSource(Trending trending) implements CandidateSource {
  @Override
  public Evidence evidence() {
    return Evidence.TRENDING;
  }

  @Override
  public void retrieve(Query query, int limit, Sink sink) {
    trending.offerTo(limit, sink);
  }

  @Override
  public float[] measure(Query query, int[] items) {
    return Strengths.positive(items, trending::strength);
  }
}
