package io.zhiyin.engine.profile;

import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.event.EventKind;

/// The items that a history names: how long ago each was last met, in entries of the history, how
/// often, and whether it was bought. Built once a request in one pass; looking an item up allocates
/// nothing.
public final class MetItems {
  private static final byte PURCHASE = EventKind.PURCHASE_COMPLETE.code();

  private final ItemSlots numbers;
  private final int[] items;
  private final int[] steps;
  private final int[] times;
  private final boolean[] bought;

  private MetItems(int entries) {
    numbers = new ItemSlots(entries);
    items = new int[entries];
    steps = new int[entries];
    times = new int[entries];
    bought = new boolean[entries];
  }

  /// Entries without a known item count as steps only.
  public static MetItems of(History history) {
    int n = history.size();
    MetItems met = new MetItems(n);
    for (int i = n - 1; i >= 0; i--) {
      if (history.item(i) >= 0) {
        met.add(history.item(i), n - i, history.kindCode(i) == PURCHASE);
      }
    }
    return met;
  }

  private void add(int item, int step, boolean purchase) {
    int number = numbers.put(item);
    if (times[number] == 0) {
      items[number] = item;
      steps[number] = step;
    }
    times[number]++;
    bought[number] |= purchase;
  }

  /// How many items were met.
  public int size() {
    return numbers.size();
  }

  /// The number of an item, 0 to [#size()] - 1, last met first; or -1 when it was not met.
  public int numberOf(int item) {
    return numbers.find(item);
  }

  public boolean contains(int item) {
    return numbers.has(item);
  }

  public int item(int number) {
    return items[number];
  }

  /// How many entries ago it was last met: 1 for the newest entry.
  public int steps(int number) {
    return steps[number];
  }

  /// In how many entries it is.
  public int times(int number) {
    return times[number];
  }

  /// Whether one of these is a purchase.
  public boolean bought(int number) {
    return bought[number];
  }
}
