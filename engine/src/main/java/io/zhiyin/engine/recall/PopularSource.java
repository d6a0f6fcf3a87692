package io.zhiyin.engine.recall;

import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;

/// What everybody likes.
public record PopularSource(Popularity popularity) implements CandidateSource {
  @Override
  public Evidence evidence() {
    return Evidence.POPULAR;
  }

  @Override
  public void retrieve(Query query, int limit, Sink sink) {
    popularity.offerTo(limit, sink);
  }

  @Override
  public float[] measure(Query query, int[] items) {
    return Strengths.positive(items, popularity::strength);
  }
}
