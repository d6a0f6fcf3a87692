package io.zhiyin.engine.profile;

import java.util.Arrays;

/// The items that a history names: how long ago each was last met, in entries of the history, and
/// how often. Built once a request in one pass; looking an item up allocates nothing.
public final class MetItems {
  private static final int FREE = -1;

  /// By open addressing; half of the places stay free.
  private final int[] places;

  private final int[] items;
  private final int[] steps;
  private final int[] times;
  private int size;

  private MetItems(int entries) {
    places = new int[Integer.highestOneBit(Math.max(1, entries)) * 4];
    Arrays.fill(places, FREE);
    items = new int[entries];
    steps = new int[entries];
    times = new int[entries];
  }

  /// Entries without a known item count as steps only.
  public static MetItems of(History history) {
    int n = history.size();
    MetItems met = new MetItems(n);
    for (int i = n - 1; i >= 0; i--) {
      if (history.item(i) >= 0) {
        met.add(history.item(i), n - i);
      }
    }
    return met;
  }

  private void add(int item, int step) {
    int place = place(item);
    int number = places[place];
    if (number == FREE) {
      number = size++;
      places[place] = number;
      items[number] = item;
      steps[number] = step;
    }
    times[number]++;
  }

  /// The place of the item, or the free one where it would be.
  private int place(int item) {
    int mask = places.length - 1;
    int place = (item * 0x9E3779B9) >>> 7 & mask; // Fibonacci hashing
    while (places[place] != FREE && items[places[place]] != item) {
      place = (place + 1) & mask;
    }
    return place;
  }

  /// How many items were met.
  public int size() {
    return size;
  }

  /// The number of an item, 0 to [#size()] - 1, last met first; or -1 when it was not met.
  public int numberOf(int item) {
    return places[place(item)];
  }

  public boolean contains(int item) {
    return numberOf(item) >= 0;
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
}
