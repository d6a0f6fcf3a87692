package io.zhiyin.engine.feature;

import io.zhiyin.engine.content.SparseVector;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.profile.History;
import java.util.HashMap;
import java.util.Map;

/// One shopper's side of the [Feature]s: read once from a history, then combined with any number of
/// items. Immutable.
public final class ShopperFeatures {
  private static final int LAST_ITEMS = 20;
  private static final double FADING = 0.9;

  private final ItemFacts facts;
  private final Map<Integer, Float> categories = new HashMap<>();
  private final Map<Integer, Float> departments = new HashMap<>();
  private final Map<Integer, Float> brands = new HashMap<>();
  private final Map<Integer, Own> own = new HashMap<>();
  private final Map<Integer, Integer> ownCounted = new HashMap<>();
  private final float[] taste;
  private final float tasteLength;
  private final SparseVector newest;
  private final double meanLogPrice;
  private final float activity;

  /// What the shopper did with one item.
  private record Own(int flags, float recency, int count) {
    private static final Own NONE = new Own(0, 0, 0);

    Own and(EventKind kind, float at) {
      return new Own(flags | flag(kind), Math.max(recency, at), count + 1);
    }

    static int flag(EventKind kind) {
      return switch (kind) {
        case DETAIL_PAGE_VIEW, CLICK, RATING -> 1;
        case ADD_TO_FAVORITES -> 2;
        case ADD_TO_CART -> 4;
        case PURCHASE_COMPLETE -> 8;
        default -> 0;
      };
    }

    float has(int flag) {
      return (flags & flag) != 0 ? 1 : 0;
    }
  }

  /// @param before what the shopper did up to the moment in question
  /// @param counted what of this shopper is counted in `facts`, and is taken out of popularity; the
  ///   same as `before` when serving
  public ShopperFeatures(ItemFacts facts, History before, History counted) {
    this.facts = facts;
    taste = new float[facts.contentRows()];
    double weight = 1;
    double total = 0;
    double logPrices = 0;
    double priced = 0;
    int heard = 0;
    SparseVector last = SparseVector.ZERO;
    for (int i = before.size() - 1; i >= 0; i--) {
      int item = before.item(i);
      if (item < 0 || item >= facts.size()) {
        continue;
      }
      own.merge(item, Own.NONE.and(before.kind(i), (float) weight), (a, b) -> add(a, b));
      total += weight;
      share(categories, facts.category(item), weight);
      share(departments, facts.department(item), weight);
      share(brands, facts.brand(item), weight);
      if (heard++ == 0) {
        last = facts.vector(item);
      }
      if (heard <= LAST_ITEMS) {
        hear(facts.vector(item), (float) weight);
      }
      double price = facts.price(item);
      if (price > 0) {
        logPrices += weight * Math.log(price);
        priced += weight;
      }
      weight *= FADING;
    }
    scale(categories, total);
    scale(departments, total);
    scale(brands, total);
    newest = last;
    tasteLength = length(taste);
    meanLogPrice = priced > 0 ? logPrices / priced : Double.NaN;
    activity = (float) Math.log1p(before.size());
    for (int i = 0; i < counted.size(); i++) {
      ownCounted.merge(counted.item(i), 1, Integer::sum);
    }
  }

  private static Own add(Own a, Own b) {
    return new Own(a.flags | b.flags, Math.max(a.recency, b.recency), a.count + b.count);
  }

  private static void share(Map<Integer, Float> sums, int key, double weight) {
    if (key >= 0) {
      sums.merge(key, (float) weight, Float::sum);
    }
  }

  private static void scale(Map<Integer, Float> sums, double total) {
    sums.replaceAll((_, sum) -> (float) (sum / total));
  }

  private void hear(SparseVector vector, float weight) {
    for (int f = 0; f < vector.size(); f++) {
      taste[vector.rows()[f]] += weight * vector.weights()[f];
    }
  }

  private static float length(float[] vector) {
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    return (float) Math.sqrt(square);
  }

  /// Writes the [Feature#COUNT] numbers of the item to `out[from …]`.
  public void read(int item, float[] out, int from) {
    Own did = own.getOrDefault(item, Own.NONE);
    put(out, from, Feature.CATEGORY_INTEREST, categories.getOrDefault(facts.category(item), 0f));
    put(
        out,
        from,
        Feature.DEPARTMENT_INTEREST,
        departments.getOrDefault(facts.department(item), 0f));
    put(out, from, Feature.BRAND_INTEREST, brands.getOrDefault(facts.brand(item), 0f));
    put(out, from, Feature.PRICE_FIT, priceFit(facts.price(item)));
    int others = facts.engagements(item) - ownCounted.getOrDefault(item, 0);
    put(out, from, Feature.POPULARITY, (float) Math.log1p(Math.max(0, others)));
    put(out, from, Feature.CONTENT_LIKENESS, likeness(facts.vector(item)));
    put(out, from, Feature.NEWEST_LIKENESS, newest.dot(facts.vector(item)));
    put(out, from, Feature.BROWSED, did.has(1));
    put(out, from, Feature.FAVOURITED, did.has(2));
    put(out, from, Feature.CARTED, did.has(4));
    put(out, from, Feature.BOUGHT, did.has(8));
    put(out, from, Feature.RECENCY, did.recency);
    put(out, from, Feature.ENGAGEMENTS, (float) Math.log1p(did.count));
    put(out, from, Feature.ACTIVITY, activity);
  }

  private static void put(float[] out, int from, Feature feature, float value) {
    out[from + feature.ordinal()] = value;
  }

  private float priceFit(double price) {
    return price > 0 && !Double.isNaN(meanLogPrice)
        ? (float) Math.exp(-Math.abs(Math.log(price) - meanLogPrice))
        : 0;
  }

  private float likeness(SparseVector vector) {
    float sum = 0;
    for (int f = 0; f < vector.size(); f++) {
      sum += taste[vector.rows()[f]] * vector.weights()[f];
    }
    return tasteLength > 0 ? sum / tasteLength : 0;
  }
}
