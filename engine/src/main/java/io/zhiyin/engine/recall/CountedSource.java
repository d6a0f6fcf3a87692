package io.zhiyin.engine.recall;

import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;

/// A source within one request whose evidence is sums by item, computed once.
///
/// @param source what it is of
record CountedSource(CandidateSource source, Once<ItemScores> sums) implements CandidateSource {
  @Override
  public Evidence evidence() {
    return source.evidence();
  }

  @Override
  public void retrieve(Query query, int limit, Sink sink) {
    sums.value().offerTo(limit, sink);
  }

  @Override
  public float[] measure(Query query, int[] items) {
    return sums.value().strengths(items);
  }

  @Override
  public int because(Query query, int item) {
    return source.because(query, item);
  }
}
