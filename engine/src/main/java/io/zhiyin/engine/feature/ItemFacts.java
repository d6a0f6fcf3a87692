package io.zhiyin.engine.feature;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.content.ContentFeatures;
import io.zhiyin.engine.content.SparseVector;
import io.zhiyin.engine.profile.History;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// What the features need to know of items, as columns by item index, as of one moment. Immutable.
public final class ItemFacts {
  private static final int CONTENT_ROWS = 1 << 15;

  private final ContentFeatures content;
  private final SparseVector[] vectors;
  private final int[] categories;
  private final int[] departments;
  private final int[] brands;
  private final double[] prices;
  private final int[] engagements;

  private ItemFacts(Catalog catalog, Iterable<History> histories) {
    int bound = catalog.indexBound();
    content = ContentFeatures.fit(catalog, CONTENT_ROWS);
    vectors = new SparseVector[bound];
    categories = new int[bound];
    departments = new int[bound];
    brands = new int[bound];
    prices = new double[bound];
    Map<String, Integer> brandNumbers = new HashMap<>();
    Arrays.fill(vectors, SparseVector.ZERO);
    Arrays.fill(categories, -1);
    Arrays.fill(departments, -1);
    Arrays.fill(brands, -1);
    Arrays.fill(prices, Double.NaN);
    for (int index = 0; index < bound; index++) {
      Item item = catalog.at(index);
      if (item == null) {
        continue;
      }
      vectors[index] = content.of(item);
      categories[index] = item.category();
      departments[index] = item.categoryPath().length > 0 ? item.categoryPath()[0] : -1;
      brands[index] = item.brand().isEmpty() ? -1 : number(brandNumbers, item.brand());
      prices[index] = item.price();
    }
    engagements = new int[bound];
    for (History history : histories) {
      for (int i = 0; i < history.size(); i++) {
        if (history.item(i) >= 0 && history.item(i) < bound) {
          engagements[history.item(i)]++;
        }
      }
    }
  }

  private static int number(Map<String, Integer> numbers, String name) {
    int next = numbers.size();
    Integer known = numbers.putIfAbsent(name, next);
    return known == null ? next : known;
  }

  /// @param histories whose engagements are counted
  public static ItemFacts fit(Catalog catalog, Iterable<History> histories) {
    return new ItemFacts(catalog, histories);
  }

  /// How many items there are.
  public int size() {
    return vectors.length;
  }

  int contentRows() {
    return content.rows();
  }

  SparseVector vector(int item) {
    return vectors[item];
  }

  int category(int item) {
    return categories[item];
  }

  int department(int item) {
    return departments[item];
  }

  int brand(int item) {
    return brands[item];
  }

  double price(int item) {
    return prices[item];
  }

  /// How many engagements all counted shoppers had with the item.
  public int engagements(int item) {
    return engagements[item];
  }

  @Override
  public String toString() {
    return "facts of %d items, %d engagements"
        .formatted(vectors.length, Arrays.stream(engagements).sum());
  }
}
