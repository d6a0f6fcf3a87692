package io.zhiyin.engine.search;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.jspecify.annotations.Nullable;

/// Of all matches the most popular ones that may be shown. Whether an item may be shown is asked
/// only where it would be among them: two letters match half the shop, and most of it never
/// matters.
final class Loved extends SimpleCollector {
  private record Match(int item, double popularity) {}

  private static final Comparator<Match> WORST_FIRST =
      Comparator.comparingDouble(Match::popularity)
          .thenComparing(Match::item, Comparator.reverseOrder());

  private final IntPredicate allowed;
  private final IntToDoubleFunction popularity;
  private final int most;
  private final PriorityQueue<Match> best = new PriorityQueue<>(WORST_FIRST);
  private @Nullable NumericDocValues indices;

  /// @param allowed whether an item may be shown to this shopper now
  Loved(IntPredicate allowed, IntToDoubleFunction popularity, int most) {
    this.allowed = allowed;
    this.popularity = popularity;
    this.most = most;
  }

  /// The items by index, the most popular first.
  int[] from(IndexSearcher searcher, Query query) throws IOException {
    OneSlice.search(searcher, query, this);
    Match[] matches = best.toArray(new Match[0]);
    Arrays.sort(matches, WORST_FIRST.reversed());
    return Arrays.stream(matches).mapToInt(Match::item).toArray();
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE_NO_SCORES;
  }

  @Override
  protected void doSetNextReader(LeafReaderContext context) throws IOException {
    indices = DocValues.getNumeric(context.reader(), ItemText.ITEM);
  }

  @Override
  public void collect(int doc) throws IOException {
    if (indices == null || !indices.advanceExact(doc)) {
      return;
    }
    int item = (int) indices.longValue();
    double loved = popularity.applyAsDouble(item);
    boolean full = best.size() == most;
    if ((full && loved <= best.element().popularity()) || !allowed.test(item)) {
      return;
    }
    if (full) {
      best.remove();
    }
    best.add(new Match(item, loved));
  }
}
