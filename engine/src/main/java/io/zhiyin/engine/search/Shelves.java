package io.zhiyin.engine.search;

import io.zhiyin.engine.catalog.Item;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Brand and category of each item as numbers, side by side in memory, so that counting the facets
/// of many thousand matches does not follow pointers through the catalogue. Written with each
/// change of an item by one thread at a time; any thread reads, and sees what was written before
/// the search that it belongs to began.
final class Shelves {
  /// The number of no brand, or of no category.
  static final int NONE = 0;

  private static final int[] ROOT = {};

  private final Map<String, Integer> numbers = new HashMap<>();
  private volatile int[] brands = new int[1024];
  private volatile int[] categories = new int[1024];

  /// By the number of a brand.
  private volatile String[] names = {""};

  /// By the number of a category: its nodes from the root on.
  private volatile int[][] paths = {ROOT};

  /// Notes the item as it is now.
  void put(Item item) {
    int index = item.index();
    if (index >= brands.length) {
      int length = Math.max(index + 1, brands.length * 2);
      categories = Arrays.copyOf(categories, length);
      brands = Arrays.copyOf(brands, length);
    }
    brands[index] = number(item.brand());
    int[] path = item.categoryPath();
    int category = item.category() + 1;
    if (category >= paths.length) {
      int[][] longer = Arrays.copyOf(paths, Math.max(category + 1, paths.length * 2));
      Arrays.fill(longer, paths.length, longer.length, ROOT);
      paths = longer;
    }
    paths[category] = path;
    categories[index] = category;
  }

  private int number(String brand) {
    if (brand.isEmpty()) {
      return NONE;
    }
    Integer known = numbers.get(brand);
    if (known != null) {
      return known;
    }
    int number = names.length;
    String[] more = Arrays.copyOf(names, number + 1);
    more[number] = brand;
    names = more;
    numbers.put(brand, number);
    return number;
  }

  /// By item index.
  int[] brands() {
    return brands;
  }

  /// By item index.
  int[] categories() {
    return categories;
  }

  /// By the number of a brand.
  String[] names() {
    return names;
  }

  /// By the number of a category: its nodes from the root on.
  int[][] paths() {
    return paths;
  }
}
