package io.zhiyin.engine.search;

import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/// Hands one collector all matches, as a searcher without an executor goes over the index in one
/// slice.
record OneSlice<C extends Collector>(C collector) implements CollectorManager<C, C> {
  /// Has everything that matches collected.
  static <C extends Collector> C search(IndexSearcher searcher, Query query, C collector)
      throws IOException {
    return searcher.search(query, new OneSlice<>(collector));
  }

  @Override
  public C newCollector() {
    return collector;
  }

  @Override
  public C reduce(Collection<C> same) {
    return collector;
  }
}
