package io.zhiyin.engine.search;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.jspecify.annotations.Nullable;

/// Looks once at every match: leaves out what may not be shown as the catalogue is at this moment,
/// counts the facets and keeps the best. Of the index only the text is used, so that price, stock
/// and category are never those of a moment ago. Time grows with the matches, memory does not.
final class Gathering extends SimpleCollector {
  private static final int MAX_FACETS = 30;

  /// How much the most popular item gains over one that nobody touched.
  private static final double PRIOR = 0.25;

  private record Hit(int item, float score) {}

  private static final Comparator<Hit> WORST_FIRST =
      Comparator.comparingDouble(Hit::score).thenComparing(Hit::item, Comparator.reverseOrder());

  private final Catalog catalog;
  private final Narrowing narrowing;
  private final int node;
  private final IntPredicate allowed;
  private final IntToDoubleFunction popularity;
  private final int most;
  private final PriorityQueue<Hit> best = new PriorityQueue<>(WORST_FIRST);
  private final int[] categories;
  private final Map<String, Integer> brands = new HashMap<>();
  private final Map<String, Integer> ofBrand = new HashMap<>();
  private int total;
  private @Nullable NumericDocValues indices;
  private @Nullable Scorable scorer;

  /// @param allowed whether an item may be shown to this shopper now
  /// @param popularity of an item, 0 to 1
  Gathering(
      Catalog catalog,
      Narrowing narrowing,
      IntPredicate allowed,
      IntToDoubleFunction popularity,
      int most) {
    this.catalog = catalog;
    this.narrowing = narrowing;
    this.node = narrowing.node(catalog);
    this.allowed = allowed;
    this.popularity = popularity;
    this.most = most;
    this.categories = new int[catalog.categories().size()];
  }

  /// Gathers what matches the query.
  Gathering from(IndexSearcher searcher, Query query) throws IOException {
    searcher.search(
        query,
        new CollectorManager<Gathering, Gathering>() {
          @Override
          public Gathering newCollector() {
            return Gathering.this; // one slice: the searcher has no executor
          }

          @Override
          public Gathering reduce(Collection<Gathering> same) {
            return Gathering.this;
          }
        });
    return this;
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE;
  }

  @Override
  protected void doSetNextReader(LeafReaderContext context) throws IOException {
    indices = DocValues.getNumeric(context.reader(), ItemText.ITEM);
  }

  @Override
  public void setScorer(Scorable newScorer) {
    scorer = newScorer;
  }

  @Override
  public void collect(int doc) throws IOException {
    if (indices == null || scorer == null || !indices.advanceExact(doc)) {
      return;
    }
    Item item = catalog.at((int) indices.longValue());
    if (item == null || !narrowing.isInRange(item)) {
      return;
    }
    boolean inCategory = Narrowing.isUnder(item, node);
    boolean brandFits = narrowing.isOfBrand(item);
    if ((!inCategory && !brandFits) || !allowed.test(item.index())) {
      return;
    }
    if (inCategory && !item.brand().isEmpty()) {
      brands.merge(item.brand(), 1, Integer::sum);
      ofBrand.putIfAbsent(item.brand(), item.index());
    }
    if (brandFits) {
      countLevels(item);
    }
    if (inCategory && brandFits) {
      total++;
      keep(item.index(), scorer.score());
    }
  }

  private void countLevels(Item item) {
    for (int level : item.categoryPath()) {
      if (level < categories.length) {
        categories[level]++;
      }
    }
  }

  private void keep(int item, float text) {
    float score = (float) (text * (1 + PRIOR * popularity.applyAsDouble(item)));
    if (best.size() < most) {
      best.add(new Hit(item, score));
    } else if (best.element().score() < score) {
      best.remove();
      best.add(new Hit(item, score));
    }
  }

  int total() {
    return total;
  }

  Found found(@Nullable String corrected) {
    Hit[] hits = best.toArray(new Hit[0]);
    Arrays.sort(hits, WORST_FIRST.reversed());
    int[] items = Arrays.stream(hits).mapToInt(Hit::item).toArray();
    List<Found.Count> counts = new ArrayList<>();
    for (int i = 0; i < categories.length; i++) {
      if (categories[i] > 0) {
        counts.add(new Found.Count(catalog.categories().pathOf(i), categories[i]));
      }
    }
    List<Found.Count> brandCounts = new ArrayList<>();
    brands.forEach((brand, n) -> brandCounts.add(new Found.Count(brand, n)));
    return new Found(items, total, corrected, most(counts), most(brandCounts), Map.copyOf(ofBrand));
  }

  private static List<Found.Count> most(List<Found.Count> counts) {
    return counts.stream()
        .sorted(
            Comparator.comparingInt(Found.Count::items)
                .reversed()
                .thenComparing(Found.Count::value))
        .limit(MAX_FACETS)
        .toList();
  }
}
