package io.zhiyin.engine.catalog;

import java.util.Arrays;

/// Item indices with their strengths, best first.
public record RankedItems(int[] items, float[] strengths) {
  public static final RankedItems NONE = new RankedItems(new int[0], new float[0]);

  public RankedItems {
    if (items.length != strengths.length) {
      throw new IllegalArgumentException(
          items.length + " items with " + strengths.length + " strengths");
    }
  }

  /// From the first keys of [ItemOrder], which are sorted already.
  static RankedItems ofKeys(long[] sorted, int count) {
    int[] items = new int[count];
    float[] strengths = new float[count];
    for (int i = 0; i < count; i++) {
      items[i] = ItemOrder.item(sorted[i]);
      strengths[i] = ItemOrder.strength(sorted[i]);
    }
    return new RankedItems(items, strengths);
  }

  public int size() {
    return items.length;
  }

  public int item(int position) {
    return items[position];
  }

  public float strength(int position) {
    return strengths[position];
  }

  /// The first `k`, or all when there are fewer.
  public RankedItems best(int k) {
    return k >= items.length
        ? this
        : new RankedItems(Arrays.copyOf(items, k), Arrays.copyOf(strengths, k));
  }
}
