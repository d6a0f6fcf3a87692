package io.zhiyin.engine.recommend;

import io.zhiyin.engine.filter.FilterChain;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sink of one source in one request: applies the filters and keeps what came through. Written
/// by the source's thread, read after it is done.
final class Offers implements CandidateSource.Sink {
  /// How many filtered items are remembered for the trace.
  private static final int MAX_FILTERED = 2_000;

  private final Query query;
  private final FilterChain filters;
  private final @Nullable Evidence source;
  private final int limit;
  private final List<Offer> kept = new ArrayList<>();
  private final Map<Integer, String> filtered = new LinkedHashMap<>();

  record Offer(int item, float strength) {}

  /// @param source the kind of source that writes here; null for the catalogue itself
  Offers(Query query, FilterChain filters, @Nullable Evidence source, int limit) {
    this.query = query;
    this.filters = filters;
    this.source = source;
    this.limit = limit;
  }

  @Override
  public boolean offer(int item, float strength) {
    if (isFull()) {
      return false;
    }
    String rejection = filters.rejection(query, item);
    if (rejection != null) {
      if (filtered.size() < MAX_FILTERED) {
        filtered.putIfAbsent(item, rejection);
      }
      return false;
    }
    kept.add(new Offer(item, strength));
    return true;
  }

  boolean isFull() {
    return kept.size() >= limit;
  }

  @Nullable Evidence source() {
    return source;
  }

  List<Offer> kept() {
    return kept;
  }

  Map<Integer, String> filtered() {
    return filtered;
  }
}
