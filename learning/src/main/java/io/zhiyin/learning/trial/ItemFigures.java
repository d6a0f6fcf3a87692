package io.zhiyin.learning.trial;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.profile.History;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the fitted histories and the catalogue say of each item: events, first event, category.
final class ItemFigures {
  /// A level of the category tree tells little when one category holds more of the items than this.
  private static final double LARGEST = 0.6;

  private static final int LEVELS = 4;
  private static final long NEVER = Long.MAX_VALUE;

  private final Catalog catalog;
  private final long[] counts;
  private final long[] first;
  private final int level;

  ItemFigures(Catalog catalog, List<History> fitted) {
    this.catalog = catalog;
    counts = new long[catalog.indexBound()];
    first = new long[counts.length];
    Arrays.fill(first, NEVER);
    for (History history : fitted) {
      for (int i = 0; i < history.size(); i++) {
        int item = history.item(i);
        if (item >= 0 && item < counts.length) {
          counts[item]++;
          first[item] = Math.min(first[item], history.timeMillis(i));
        }
      }
    }
    level = telling(catalog);
  }

  /// The highest level whose largest category does not hold most of the items.
  private static int telling(Catalog catalog) {
    for (int level = 0; level < LEVELS; level++) {
      Map<Integer, Integer> sizes = new HashMap<>();
      int total = 0;
      for (int item = 0; item < catalog.indexBound(); item++) {
        int category = category(catalog.at(item), level);
        if (category >= 0) {
          sizes.merge(category, 1, Integer::sum);
          total++;
        }
      }
      int largest = sizes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
      if (largest < LARGEST * total) {
        return level;
      }
    }
    return 0;
  }

  private static int category(@org.jspecify.annotations.Nullable Item item, int level) {
    if (item == null || item.categoryPath().length == 0) {
      return -1;
    }
    return item.categoryPath()[Math.min(level, item.categoryPath().length - 1)];
  }

  /// Events by item index; not to be written to.
  long[] counts() {
    return counts;
  }

  /// How many events of the item were fitted.
  long count(int item) {
    return item < counts.length ? counts[item] : 0;
  }

  /// Whole days from the item's first fitted event to that moment, at least 0; -1 for an item
  /// without any.
  long ageDays(int item, long timeMillis) {
    return count(item) == 0 ? -1 : Math.max(0, (timeMillis - first[item]) / 86_400_000L);
  }

  /// The item's category at the level that tells most, or -1.
  int category(int item) {
    return category(catalog.at(item), level);
  }

  /// The full path of such a category.
  String categoryName(int category) {
    return catalog.categories().pathOf(category);
  }
}
