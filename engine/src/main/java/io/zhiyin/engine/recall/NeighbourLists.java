package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.ItemOrder;
import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.catalog.RankedItems;
import java.util.Arrays;

/// For each item the items it leads to, best first, in three flat arrays. Immutable.
final class NeighbourLists {
  private final int[] starts;
  private final int[] items;
  private final float[] strengths;

  private NeighbourLists(int[] starts, int[] items, float[] strengths) {
    this.starts = starts;
    this.items = items;
    this.strengths = strengths;
  }

  /// Makes a strength of a pair's sum; one that is not positive is dropped.
  @FunctionalInterface
  interface Strength {
    double of(int from, int to, double sum);
  }

  /// @param perItem how many neighbours of each item are kept
  static NeighbourLists of(PairSums pairs, int perItem, Strength strength) {
    int[] counts = new int[pairs.fromBound() + 1];
    pairs.forEach((from, to, sum) -> counts[from + 1]++);
    Arrays.parallelPrefix(counts, Integer::sum);
    long[] keys = new long[pairs.size()];
    int[] next = counts.clone();
    pairs.forEach(
        (from, to, sum) ->
            keys[next[from]++] = ItemOrder.key(to, (float) strength.of(from, to, sum)));
    return cut(counts, keys, perItem);
  }

  private static NeighbourLists cut(int[] bounds, long[] keys, int perItem) {
    int[] starts = new int[bounds.length];
    int[] items = new int[keys.length];
    float[] strengths = new float[keys.length];
    int size = 0;
    for (int from = 0; from + 1 < bounds.length; from++) {
      starts[from] = size;
      Arrays.sort(keys, bounds[from], bounds[from + 1]);
      int end = Math.min(bounds[from + 1], bounds[from] + perItem);
      for (int at = bounds[from]; at < end && ItemOrder.strength(keys[at]) > 0; at++) {
        items[size] = ItemOrder.item(keys[at]);
        strengths[size++] = ItemOrder.strength(keys[at]);
      }
    }
    starts[bounds.length - 1] = size;
    return new NeighbourLists(starts, Arrays.copyOf(items, size), Arrays.copyOf(strengths, size));
  }

  private boolean knows(int item) {
    return item >= 0 && item + 1 < starts.length;
  }

  RankedItems best(int item, int k) {
    if (!knows(item)) {
      return RankedItems.NONE;
    }
    int end = Math.min(starts[item + 1], starts[item] + k);
    return new RankedItems(
        Arrays.copyOfRange(items, starts[item], end),
        Arrays.copyOfRange(strengths, starts[item], end));
  }

  /// Adds the item's neighbours times `weight`.
  void addTo(int item, float weight, ItemScores scores) {
    if (knows(item)) {
      for (int at = starts[item]; at < starts[item + 1]; at++) {
        scores.add(items[at], weight * strengths[at]);
      }
    }
  }

  /// The same for some items only.
  ///
  /// @param sums by their numbers
  void addTo(int item, float weight, ItemSlots wanted, float[] sums) {
    if (knows(item)) {
      for (int at = starts[item]; at < starts[item + 1]; at++) {
        int number = wanted.find(items[at]);
        if (number >= 0) {
          sums[number] += weight * strengths[at];
        }
      }
    }
  }

  /// How many neighbours the item has.
  int count(int item) {
    return knows(item) ? starts[item + 1] - starts[item] : 0;
  }

  /// The strength of one pair, 0 when it is not kept.
  float strength(int from, int to) {
    if (knows(from)) {
      for (int at = starts[from]; at < starts[from + 1]; at++) {
        if (items[at] == to) {
          return strengths[at];
        }
      }
    }
    return 0;
  }

  /// How many neighbours are kept in all.
  int size() {
    return items.length;
  }
}
