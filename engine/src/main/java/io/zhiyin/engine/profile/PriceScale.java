package io.zhiyin.engine.profile;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Which prices are low and high within each category, fitted from the catalogue. Immutable.
public final class PriceScale {
  /// A category with fewer prices says nothing; its parent is asked, and in the end the whole shop.
  public static final int MIN_PRICES = 5;

  /// The fifths of a category's prices.
  public static final int BANDS = 5;

  private static final int SHOP = -1;

  private final Map<Integer, double[]> pricesByCategory;

  private PriceScale(Map<Integer, double[]> pricesByCategory) {
    this.pricesByCategory = pricesByCategory;
  }

  public static PriceScale fit(Catalog catalog) {
    return fit(catalog, 1);
  }

  /// Of every `step`-th item only, to begin with.
  public static PriceScale fit(Catalog catalog, int step) {
    Map<Integer, Prices> collected = new HashMap<>();
    for (int index = 0; index < catalog.indexBound(); index += step) {
      Item item = catalog.at(index);
      if (item == null || Double.isNaN(item.price())) {
        continue;
      }
      collected.computeIfAbsent(SHOP, _ -> new Prices()).add(item.price());
      for (int node : item.categoryPath()) {
        collected.computeIfAbsent(node, _ -> new Prices()).add(item.price());
      }
    }
    Map<Integer, double[]> sorted = new HashMap<>();
    collected.forEach(
        (node, prices) -> {
          if (prices.size >= MIN_PRICES || node == SHOP) {
            sorted.put(node, prices.sorted());
          }
        });
    return new PriceScale(sorted);
  }

  /// Where a price stands among those of the item's category, from 0 (cheapest) to 1: the share
  /// below it plus half of the share equal to it. NaN when the price or all others are unknown.
  public double percentile(Item item, double price) {
    if (Double.isNaN(price)) {
      return Double.NaN;
    }
    double[] prices = pricesOf(item);
    if (prices.length == 0) {
      return Double.NaN;
    }
    int below = firstNotBelow(prices, price);
    int notAbove = firstNotBelow(prices, Math.nextUp(price));
    return (below + notAbove) / 2.0 / prices.length;
  }

  /// The fifth in which a percentile lies, 0 (cheapest) to 4.
  public static int band(double percentile) {
    return Math.min(BANDS - 1, (int) (percentile * BANDS));
  }

  private double[] pricesOf(Item item) {
    int[] path = item.categoryPath();
    for (int level = path.length - 1; level >= 0; level--) {
      double[] prices = pricesByCategory.get(path[level]);
      if (prices != null) {
        return prices;
      }
    }
    return pricesByCategory.getOrDefault(SHOP, new double[0]);
  }

  private static int firstNotBelow(double[] sorted, double price) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < price) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static final class Prices {
    private double[] values = new double[8];
    private int size;

    void add(double price) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = price;
    }

    double[] sorted() {
      double[] result = Arrays.copyOf(values, size);
      Arrays.sort(result);
      return result;
    }
  }
}
