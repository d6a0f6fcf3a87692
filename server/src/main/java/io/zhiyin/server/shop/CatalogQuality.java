package io.zhiyin.server.shop;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.profile.Responses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is wrong or thin in a shop's catalogue, found in one pass over its items, with a few
/// examples of each.
///
/// @param items how many items there are, shown or not
/// @param faults how many items have each fault, and the first of them
public record CatalogQuality(int items, Map<Fault, Found> faults) {
  private static final int EXAMPLES = 50;

  /// So few prices of a category say nothing of what is usual.
  private static final int FEWEST_PRICES = 8;

  /// How many times the usual distance from the middle, on a log scale, is far out.
  private static final double FAR = 6;

  /// Prices of one category may always lie so far apart: a factor of two.
  private static final double LEAST_DISTANCE = Math.log(2);

  /// What an item may lack.
  public enum Fault {
    NO_TITLE,
    NO_DESCRIPTION,
    NO_CATEGORY,
    NO_BRAND,
    NO_PRICE,
    NO_PICTURE,
    /// Far from the median price of its category, by the median distance from it.
    PRICE_OUTLIER,
    /// May be shown, and was in no impression that is still counted.
    NEVER_SHOWN
  }

  /// @param examples at most 50, in the catalogue's order
  public record Found(int count, List<Item> examples) {}

  public static CatalogQuality of(Catalog catalog, Responses responses, Instant now) {
    Map<Fault, List<Item>> found = new EnumMap<>(Fault.class);
    Map<Integer, List<Item>> priced = new HashMap<>();
    int items = 0;
    for (int i = 0; i < catalog.indexBound(); i++) {
      Item item = catalog.at(i);
      if (item == null) {
        continue;
      }
      items++;
      note(found, Fault.NO_TITLE, item, isEmpty(item.fields().title()));
      note(found, Fault.NO_DESCRIPTION, item, isEmpty(item.fields().description()));
      note(found, Fault.NO_CATEGORY, item, item.categoryPath().length == 0);
      note(found, Fault.NO_BRAND, item, item.brand().isEmpty());
      note(found, Fault.NO_PRICE, item, Double.isNaN(item.price()));
      note(found, Fault.NO_PICTURE, item, isEmpty(item.fields().imageUrls()));
      boolean shown = responses.of(i).impressions() > 0;
      note(found, Fault.NEVER_SHOWN, item, !shown && item.isShowableAt(now));
      if (item.price() > 0 && item.categoryPath().length > 0) {
        priced.computeIfAbsent(item.category(), _ -> new ArrayList<>()).add(item);
      }
    }
    priced.values().forEach(same -> outliers(same, found));
    Map<Fault, Found> faults = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      List<Item> all = found.getOrDefault(fault, List.of());
      List<Item> first = List.copyOf(all.subList(0, Math.min(EXAMPLES, all.size())));
      faults.put(fault, new Found(all.size(), first));
    }
    return new CatalogQuality(items, faults);
  }

  private static void note(Map<Fault, List<Item>> found, Fault fault, Item item, boolean has) {
    if (has) {
      found.computeIfAbsent(fault, _ -> new ArrayList<>()).add(item);
    }
  }

  private static boolean isEmpty(@org.jspecify.annotations.Nullable Object value) {
    return switch (value) {
      case null -> true;
      case String text -> text.isBlank();
      case List<?> list -> list.isEmpty();
      default -> false;
    };
  }

  /// Prices far from the median on a log scale, in units of the median distance from it.
  private static void outliers(List<Item> same, Map<Fault, List<Item>> found) {
    if (same.size() < FEWEST_PRICES) {
      return;
    }
    double[] logs = same.stream().mapToDouble(item -> Math.log(item.price())).toArray();
    double middle = median(logs);
    double usual = median(Arrays.stream(logs).map(log -> Math.abs(log - middle)).toArray());
    double far = Math.max(LEAST_DISTANCE, FAR * usual);
    for (int i = 0; i < logs.length; i++) {
      note(found, Fault.PRICE_OUTLIER, same.get(i), Math.abs(logs[i] - middle) > far);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
