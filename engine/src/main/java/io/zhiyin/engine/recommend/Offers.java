package io.zhiyin.engine.recommend;

import io.zhiyin.engine.filter.FilterChain;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sink of one source in one request: applies the filters and keeps what came through. Written
/// by the source's thread, read after it is done.
final class Offers implements CandidateSource.Sink {
  /// How many filtered items are remembered for the trace.
  private static final int MAX_FILTERED = 2_000;

  /// Room is made for so many at first: what is asked for is mostly found.
  private static final int MOST_AT_FIRST = 512;

  private final Query query;
  private final FilterChain filters;
  private final @Nullable Evidence source;
  private final int limit;
  private int[] items;
  private float[] strengths;
  private int size;
  private int[] filtered = new int[64];
  private String[] reasons = new String[64];
  private int filteredSize;

  /// Receives an item with what took it out.
  @FunctionalInterface
  interface Filtered {
    void see(int item, String reason);
  }

  /// @param source the kind of source that writes here; null for the catalogue itself
  Offers(Query query, FilterChain filters, @Nullable Evidence source, int limit) {
    this.query = query;
    this.filters = filters;
    this.source = source;
    this.limit = limit;
    items = new int[Math.clamp(limit, 1, MOST_AT_FIRST)];
    strengths = new float[items.length];
  }

  @Override
  public boolean offer(int item, float strength) {
    if (isFull()) {
      return false;
    }
    String rejection = filters.rejection(query, item);
    if (rejection != null) {
      note(item, rejection);
      return false;
    }
    if (size == items.length) {
      items = Arrays.copyOf(items, 2 * size);
      strengths = Arrays.copyOf(strengths, 2 * size);
    }
    items[size] = item;
    strengths[size++] = strength;
    return true;
  }

  private void note(int item, String reason) {
    if (filteredSize == MAX_FILTERED) {
      return;
    }
    if (filteredSize == filtered.length) {
      filtered = Arrays.copyOf(filtered, 2 * filteredSize);
      reasons = Arrays.copyOf(reasons, 2 * filteredSize);
    }
    filtered[filteredSize] = item;
    reasons[filteredSize++] = reason;
  }

  boolean isFull() {
    return size >= limit;
  }

  @Nullable Evidence source() {
    return source;
  }

  /// How many were kept.
  int size() {
    return size;
  }

  /// The kept item of that place, in the order of offers.
  int item(int i) {
    return items[i];
  }

  float strength(int i) {
    return strengths[i];
  }

  /// The items kept.
  List<Integer> items() {
    return Arrays.stream(items, 0, size).boxed().toList();
  }

  /// Shows each item that was taken out; one that was offered twice may come twice.
  void forEachFiltered(Filtered visitor) {
    for (int i = 0; i < filteredSize; i++) {
      visitor.see(filtered[i], reasons[i]);
    }
  }
}
