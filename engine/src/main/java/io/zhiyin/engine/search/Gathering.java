package io.zhiyin.engine.search;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.jspecify.annotations.Nullable;

/// Looks once at every match: leaves out what may not be shown as the catalogue is at this moment,
/// counts the facets and keeps the best. Of the index only the text is used, so that price, stock
/// and category are never those of a moment ago. Time grows with the matches, by some ten
/// nanoseconds for each; memory does not.
final class Gathering extends SimpleCollector {
  private static final int MAX_FACETS = 30;
  private static final int[] NONE = {};

  /// How much the most popular item gains over one that nobody touched.
  private static final double PRIOR = 0.25;

  private record Hit(int item, float score) {}

  private static final Comparator<Hit> WORST_FIRST =
      Comparator.comparingDouble(Hit::score).thenComparing(Hit::item, Comparator.reverseOrder());

  private final Catalog catalog;
  private final Shelves shelves;
  private final Narrowing narrowing;
  private final int node;
  private final boolean anyPrice;
  private final IntPredicate allowed;
  private final IntToDoubleFunction popularity;
  private final int most;
  private final PriorityQueue<Hit> best = new PriorityQueue<>(WORST_FIRST);
  private final int[] brands;
  private final int[] ofBrand;
  private final int[] categories;
  private int total;
  private @Nullable NumericDocValues indices;
  private @Nullable Scorable scorer;

  /// @param allowed whether an item may be shown to this shopper now
  /// @param popularity of an item, 0 to 1
  Gathering(
      Catalog catalog,
      Shelves shelves,
      Narrowing narrowing,
      IntPredicate allowed,
      IntToDoubleFunction popularity,
      int most) {
    this.catalog = catalog;
    this.shelves = shelves;
    this.narrowing = narrowing;
    this.node = narrowing.node(catalog);
    this.anyPrice = narrowing.isAnyPrice();
    this.allowed = allowed;
    this.popularity = popularity;
    this.most = most;
    this.brands = new int[shelves.names().length];
    this.ofBrand = new int[brands.length];
    this.categories = new int[shelves.paths().length];
  }

  /// Gathers what matches the query.
  Gathering from(IndexSearcher searcher, Query query) throws IOException {
    OneSlice.search(searcher, query, this);
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
    int index = (int) indices.longValue();
    Item item = catalog.at(index);
    if (item == null || !(anyPrice || narrowing.isInRange(item))) {
      return;
    }
    boolean inCategory = Narrowing.isUnder(item, node);
    boolean brandFits = narrowing.isOfBrand(item);
    if ((!inCategory && !brandFits) || !allowed.test(index)) {
      return;
    }
    if (inCategory) {
      countBrand(index);
    }
    if (brandFits) {
      countCategory(index);
    }
    if (inCategory && brandFits) {
      total++;
      keep(index, scorer.score());
    }
  }

  /// A brand or category that is new since this search began is not counted yet.
  private void countBrand(int index) {
    int brand = shelves.brands()[index];
    if (brand != Shelves.NONE && brand < brands.length) {
      if (brands[brand]++ == 0) {
        ofBrand[brand] = index;
      }
    }
  }

  private void countCategory(int index) {
    int category = shelves.categories()[index];
    if (category < categories.length) {
      categories[category]++;
    }
  }

  private void keep(int item, float text) {
    boolean full = best.size() == most;
    if (full && text * (1 + PRIOR) <= best.element().score()) {
      return; // not even if it were the most popular
    }
    float score = (float) (text * (1 + PRIOR * popularity.applyAsDouble(item)));
    if (!full) {
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
    return new Found(
        items, total, corrected, most(categoryCounts()), most(brandCounts()), examples());
  }

  /// An item counts for its category and for those above it.
  private List<Found.Count> categoryCounts() {
    int[] levels = new int[catalog.categories().size()];
    for (int category = 1; category < categories.length; category++) {
      for (int level : categories[category] == 0 ? NONE : shelves.paths()[category]) {
        levels[level] += categories[category];
      }
    }
    List<Found.Count> counts = new ArrayList<>();
    for (int level = 0; level < levels.length; level++) {
      if (levels[level] > 0) {
        counts.add(new Found.Count(catalog.categories().pathOf(level), levels[level]));
      }
    }
    return counts;
  }

  private List<Found.Count> brandCounts() {
    List<Found.Count> counts = new ArrayList<>();
    for (int brand = 1; brand < brands.length; brand++) {
      if (brands[brand] > 0) {
        counts.add(new Found.Count(shelves.names()[brand], brands[brand]));
      }
    }
    return counts;
  }

  private Map<String, Integer> examples() {
    Map<String, Integer> examples = new HashMap<>();
    for (int brand = 1; brand < brands.length; brand++) {
      if (brands[brand] > 0) {
        examples.put(shelves.names()[brand], ofBrand[brand]);
      }
    }
    return Map.copyOf(examples);
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
