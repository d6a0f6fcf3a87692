package io.zhiyin.engine.rank;

import static io.zhiyin.engine.rank.RankFeature.*;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.MetItems;
import io.zhiyin.engine.recall.Decay;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.engine.recall.Seeds;
import io.zhiyin.engine.recall.Taste;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the [RankFeature]s of a request's candidates: one code for training and serving, so that
/// the ranker meets in a request what it learned from.
///
/// @param indexes what was counted
public record RankFeatures(RecallIndexes indexes) {
  private static final int LAST_ITEMS = 20;
  private static final double MILLIS_PER_HOUR = 3_600_000;

  /// The features of some of the candidates, `[wanted, RankFeature.COUNT]`, row-major; every number
  /// is finite. Gaps and shares are among these.
  ///
  /// @param items catalogue indices
  /// @param strengths by ordinal of [Evidence], one strength an item, NaN where absent; null for a
  ///   kind that nobody measured
  /// @param blended the candidates' scores by the blend
  /// @param wanted positions in `items`
  public float[] read(
      Query query, int[] items, float[] @Nullable [] strengths, double[] blended, int[] wanted) {
    float[] out = new float[wanted.length * COUNT];
    read(query, items, strengths, blended, wanted, out);
    return out;
  }

  /// The same.
  ///
  /// @param out the features' place, or longer; all zero
  void read(
      Query query,
      int[] items,
      float[] @Nullable [] strengths,
      double[] blended,
      int[] wanted,
      float[] out) {
    boolean[] untouched =
        TreeRanker.untouched(wanted.length, of(strengths, Evidence.POPULAR, wanted));
    read(query, items, strengths, wanted, untouched, out);
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < wanted.length; i++) {
      if (out[i * COUNT + OWN_COUNT.ordinal()] == 0) {
        best = Math.max(best, blended[wanted[i]]);
      }
    }
    float least = 0;
    for (int i = 0; i < wanted.length && best > Double.NEGATIVE_INFINITY; i++) {
      out[i * COUNT + BLEND_GAP.ordinal()] = (float) (blended[wanted[i]] - best);
      least = untouched[i] ? least : Math.min(least, out[i * COUNT + BLEND_GAP.ordinal()]);
    }
    for (int i = 0; i < wanted.length; i++) {
      if (untouched[i]) {
        out[i * COUNT + BLEND_GAP.ordinal()] = least;
      }
    }
  }

  /// All but what the blend says.
  ///
  /// Gaps are taken to the strongest candidate that the shopper does not know yet, so that they
  /// mean the same whether or not own items are among the candidates.
  private void read(
      Query query,
      int[] all,
      float[] @Nullable [] strengths,
      int[] wanted,
      boolean[] untouched,
      float[] out) {
    int[] items = new int[wanted.length];
    Arrays.setAll(items, i -> all[wanted[i]]);
    History seeds = Seeds.of(query);
    MetItems met = MetItems.of(query.profile().history());
    Catalog catalog = query.catalog();
    boolean[] fresh = new boolean[items.length];
    for (int i = 0; i < items.length; i++) {
      fresh[i] = !met.contains(items[i]);
    }
    put(strengths, Evidence.ITEM_TO_ITEM, wanted, TRANSITIONS, out);
    put(strengths, Evidence.CONTENT, wanted, CONTENT, out);
    put(strengths, Evidence.BOUGHT_TOGETHER, wanted, BASKET, out);
    put(strengths, Evidence.POPULAR, wanted, POPULARITY, out);
    put(strengths, Evidence.TRENDING, wanted, TREND, out);
    put(strengths, Evidence.NEW, wanted, NEWNESS, out);
    ItemSlots asked = ItemSlots.of(items);
    float[] newest = indexes.transitions().score(seeds, 1, Decay.NONE, asked);
    float[] even = indexes.transitions().score(seeds, LAST_ITEMS, Decay.NONE, asked);
    float[] likeNewest = likeness(catalog, seeds, 1, items);
    float[] likeEven = likeness(catalog, seeds, LAST_ITEMS, items);
    Affinity affinity = Affinity.of(catalog, query.profile().history());
    float history = (float) Math.log1p(met.size());
    float away = hoursAway(query);
    for (int i = 0; i < items.length; i++) {
      int row = i * COUNT;
      int item = items[i];
      out[row + POPULARITY.ordinal()] = (float) Math.log1p(out[row + POPULARITY.ordinal()]);
      out[row + TRANSITIONS_NEWEST.ordinal()] = untouched[i] ? 0 : newest[asked.find(item)];
      out[row + TRANSITIONS_EVEN.ordinal()] = untouched[i] ? 0 : even[asked.find(item)];
      out[row + CONTENT_NEWEST.ordinal()] = likeNewest[i];
      out[row + CONTENT_EVEN.ordinal()] = likeEven[i];
      affinity.read(catalog.at(item), out, row);
      own(met, item, out, row);
      out[row + HISTORY.ordinal()] = history;
      out[row + HOURS_AWAY.ordinal()] = away;
    }
    sequence(touched(of(strengths, Evidence.SEQUENCE, wanted), untouched), fresh, out);
    gaps(TRANSITIONS, TRANSITIONS_GAP, fresh, out);
    gaps(TRANSITIONS_NEWEST, TRANSITIONS_NEWEST_GAP, fresh, out);
    gaps(TRANSITIONS_EVEN, TRANSITIONS_EVEN_GAP, fresh, out);
    gaps(CONTENT, CONTENT_GAP, fresh, out);
    gaps(CONTENT_NEWEST, CONTENT_NEWEST_GAP, fresh, out);
    gaps(CONTENT_EVEN, CONTENT_EVEN_GAP, fresh, out);
    gaps(BASKET, BASKET_GAP, fresh, out);
    gaps(POPULARITY, POPULARITY_GAP, fresh, out);
  }

  private float[] likeness(Catalog catalog, History seeds, int lastItems, int[] items) {
    try (Taste taste = new Taste(indexes.content(), catalog, seeds, lastItems, Decay.NONE)) {
      return taste.likeness(catalog, items);
    }
  }

  /// What one kind says of those wanted.
  private static float @Nullable [] of(
      float[] @Nullable [] strengths, Evidence evidence, int[] wanted) {
    float[] all = strengths[evidence.ordinal()];
    if (all == null) {
      return null;
    }
    float[] theirs = new float[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      theirs[i] = all[wanted[i]];
    }
    return theirs;
  }

  /// The logits of those that anybody has touched. What the sequence model says of an item that it
  /// did not learn is on another scale than the rest, and is not what it says of the same item once
  /// it has learned it; so the trees could not learn what it is worth.
  private static float @Nullable [] touched(float @Nullable [] logits, boolean[] untouched) {
    for (int i = 0; logits != null && i < logits.length; i++) {
      logits[i] = untouched[i] ? Float.NaN : logits[i];
    }
    return logits;
  }

  private static float hoursAway(Query query) {
    History history = query.profile().history();
    if (history.size() == 0) {
      return 0;
    }
    long millis = query.now().toEpochMilli() - history.timeMillis(history.size() - 1);
    return (float) Math.log1p(Math.max(0, millis) / MILLIS_PER_HOUR);
  }

  /// Copies a kind's strengths; absent counts 0.
  private static void put(
      float[] @Nullable [] strengths,
      Evidence evidence,
      int[] wanted,
      RankFeature feature,
      float[] out) {
    float[] measured = strengths[evidence.ordinal()];
    for (int i = 0; measured != null && i < wanted.length; i++) {
      float strength = measured[wanted[i]];
      if (Float.isFinite(strength)) {
        out[i * COUNT + feature.ordinal()] = strength;
      }
    }
  }

  /// The logits as logarithms of shares among the candidates that are new to the shopper. Without a
  /// model all have the same.
  private static void sequence(float @Nullable [] logits, boolean[] fresh, float[] out) {
    if (logits == null) {
      return;
    }
    float max = Float.NEGATIVE_INFINITY;
    float min = Float.POSITIVE_INFINITY;
    for (int i = 0; i < logits.length; i++) {
      if (Float.isFinite(logits[i])) {
        min = Math.min(min, logits[i]);
        max = fresh[i] ? Math.max(max, logits[i]) : max;
      }
    }
    if (!(max >= min)) {
      return;
    }
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      sum += fresh[i] && Float.isFinite(logits[i]) ? Math.exp(logits[i] - max) : 0;
    }
    float whole = (float) Math.log(sum);
    for (int i = 0; i < logits.length; i++) {
      float gap = (Float.isFinite(logits[i]) ? logits[i] : min) - max;
      out[i * COUNT + SEQUENCE_GAP.ordinal()] = gap;
      out[i * COUNT + SEQUENCE.ordinal()] = gap - whole;
    }
  }

  private static void gaps(RankFeature from, RankFeature to, boolean[] fresh, float[] out) {
    float max = 0;
    for (int i = 0; i < fresh.length; i++) {
      if (fresh[i]) {
        max = Math.max(max, out[i * COUNT + from.ordinal()]);
      }
    }
    for (int i = 0; i < fresh.length; i++) {
      out[i * COUNT + to.ordinal()] = out[i * COUNT + from.ordinal()] - max;
    }
  }

  /// What the shopper did with an item.
  private static void own(MetItems met, int item, float[] out, int row) {
    int number = met.numberOf(item);
    if (number >= 0) {
      out[row + OWN_RECENCY.ordinal()] = 1f / met.steps(number);
      out[row + OWN_COUNT.ordinal()] = (float) Math.log1p(met.times(number));
      out[row + OWN_BOUGHT.ordinal()] = met.bought(number) ? 1 : 0;
    }
  }

  /// Which categories, brands and prices the shopper goes for.
  private record Affinity(
      ItemSlots categories,
      int[] inCategory,
      Map<String, Integer> brands,
      int items,
      double meanLog) {

    static Affinity of(Catalog catalog, History history) {
      ItemSlots categories = new ItemSlots(LAST_ITEMS);
      int[] inCategory = new int[2 * LAST_ITEMS];
      Map<String, Integer> brands = new HashMap<>();
      double logs = 0;
      int priced = 0;
      int items = 0;
      for (int i = Math.max(0, history.size() - 2 * LAST_ITEMS); i < history.size(); i++) {
        Item item = history.item(i) < 0 ? null : catalog.at(history.item(i));
        if (item != null) {
          items++;
          if (item.category() >= 0) {
            inCategory[categories.put(item.category())]++;
          }
          brands.merge(item.brand(), 1, Integer::sum);
          if (item.price() > 0) {
            logs += Math.log(item.price());
            priced++;
          }
        }
      }
      double meanLog = priced > 0 ? logs / priced : Double.NaN;
      return new Affinity(categories, inCategory, brands, items, meanLog);
    }

    void read(@Nullable Item item, float[] out, int row) {
      if (item == null || items == 0) {
        return;
      }
      int category = item.category() < 0 ? -1 : categories.find(item.category());
      if (category >= 0) {
        out[row + CATEGORY_SHARE.ordinal()] = inCategory[category] / (float) items;
      }
      if (!item.brand().isEmpty()) {
        out[row + BRAND_SHARE.ordinal()] = brands.getOrDefault(item.brand(), 0) / (float) items;
      }
      if (item.price() > 0 && !Double.isNaN(meanLog)) {
        out[row + PRICE_LEVEL.ordinal()] = (float) (Math.log(item.price()) - meanLog);
      }
    }
  }
}
