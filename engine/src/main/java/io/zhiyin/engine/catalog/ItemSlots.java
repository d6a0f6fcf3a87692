package io.zhiyin.engine.catalog;

import java.util.Arrays;

/// Some items with a number for each, 0 for the first, in the order in which they came: a small
/// open-addressing table, so that what is known of a few items is found without boxing them. Not
/// for several threads while items are put.
public final class ItemSlots {
  private static final int LEAST = 16;

  /// What very many items need is not kept.
  private static final int MOST_KEPT = 1 << 14;

  private int[] items;
  private int[] numbers;
  private int size;

  /// @param expected how many items will be put, about
  public ItemSlots(int expected) {
    int slots = Integer.highestOneBit(Math.max(LEAST / 2, 2 * expected)) * 2;
    items = new int[slots];
    numbers = new int[slots];
    Arrays.fill(items, -1);
  }

  /// Forgets all, and what it needs beyond the usual.
  public void clear() {
    if (items.length > MOST_KEPT) {
      items = new int[LEAST];
      numbers = new int[LEAST];
    }
    Arrays.fill(items, -1);
    size = 0;
  }

  /// Of those items; where they are all different, the number of each is its place.
  public static ItemSlots of(int[] items) {
    ItemSlots slots = new ItemSlots(items.length);
    for (int item : items) {
      slots.put(item);
    }
    return slots;
  }

  /// Puts the item, whose number is then the last.
  ///
  /// @param item 0 or more
  /// @return false when it was there already, with a number of its own
  public boolean add(int item) {
    int before = size;
    return put(item) == before;
  }

  /// The item's number, which it gets now if it has none.
  ///
  /// @param item 0 or more
  public int put(int item) {
    int slot = slot(item);
    if (items[slot] < 0) {
      items[slot] = item;
      numbers[slot] = size++;
      if (2 * size > items.length) {
        grow();
      }
      return size - 1;
    }
    return numbers[slot];
  }

  private void grow() {
    int[] before = items;
    int[] theirs = numbers;
    items = new int[2 * before.length];
    numbers = new int[items.length];
    Arrays.fill(items, -1);
    for (int i = 0; i < before.length; i++) {
      if (before[i] >= 0) {
        int slot = slot(before[i]);
        items[slot] = before[i];
        numbers[slot] = theirs[i];
      }
    }
  }

  /// The item's number, or -1 when it was not put.
  public int find(int item) {
    int slot = slot(item);
    return items[slot] < 0 ? -1 : numbers[slot];
  }

  public boolean has(int item) {
    return items[slot(item)] >= 0;
  }

  /// How many different items were put.
  public int size() {
    return size;
  }

  private int slot(int item) {
    int h = item * 0x9e3779b9;
    int mask = items.length - 1;
    int slot = (h ^ (h >>> 15)) & mask;
    while (items[slot] >= 0 && items[slot] != item) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
