package io.zhiyin.engine.profile;

import java.util.Arrays;

/// A [History] while its entries are added, oldest first.
final class HistoryColumns {
  private final int[] items;
  private final byte[] kinds;
  private final long[] times;
  private final float[] prices;
  private final int[] baskets;
  private int size;
  private int basket = -1;

  /// @param most how many entries there may be
  HistoryColumns(int most) {
    items = new int[most];
    kinds = new byte[most];
    times = new long[most];
    prices = new float[most];
    baskets = new int[most];
  }

  /// @param startsEvent whether the entry before is of another event
  void add(int item, byte kind, long time, float price, boolean startsEvent) {
    basket += startsEvent ? 1 : 0;
    items[size] = item;
    kinds[size] = kind;
    times[size] = time;
    prices[size] = price;
    baskets[size++] = basket;
  }

  /// To be asked for once: the history takes the columns.
  History history() {
    if (size == 0) {
      return History.EMPTY;
    }
    return size == items.length
        ? new History(items, kinds, times, prices, baskets)
        : new History(
            Arrays.copyOf(items, size),
            Arrays.copyOf(kinds, size),
            Arrays.copyOf(times, size),
            Arrays.copyOf(prices, size),
            Arrays.copyOf(baskets, size));
  }
}
