package io.zhiyin.engine.recall;

import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.kernel.pool.Pool;
import java.util.function.UnaryOperator;

/// A source within one request whose evidence is sums by item, computed once.
///
/// @param kind what its evidence is
/// @param speakers of items those that speak loudest for each
/// @param tables where the sums go back to
record CountedSource(
    Evidence kind, Once<ItemScores> sums, UnaryOperator<int[]> speakers, Pool<ItemScores> tables)
    implements CandidateSource {
  @Override
  public Evidence evidence() {
    return kind;
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
  public int[] because(Query query, int[] items) {
    return speakers.apply(items);
  }

  @Override
  public void giveBack() {
    sums.forget(tables::giveBack);
  }
}
