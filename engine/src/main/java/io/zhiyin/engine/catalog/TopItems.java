package io.zhiyin.engine.catalog;

import java.util.Arrays;

/// Keeps the `k` best of the items offered, in the order of [ItemOrder]; the order of offers does
/// not matter. Not for several threads.
public final class TopItems {
  private final long[] heap; // the worst key kept is at the root
  private int size;

  public TopItems(int k) {
    heap = new long[k];
  }

  /// Offers one item; the same item must not be offered twice.
  public void offer(int item, float strength) {
    if (size < heap.length) {
      heap[size] = ItemOrder.key(item, strength);
      up(size++);
    } else if (heap.length > 0 && strength >= ItemOrder.strength(heap[0])) {
      long key = ItemOrder.key(item, strength);
      if (key < heap[0]) {
        heap[0] = key;
        down();
      }
    }
  }

  /// The items kept, in no order.
  public int[] items() {
    int[] items = new int[size];
    for (int i = 0; i < size; i++) {
      items[i] = ItemOrder.item(heap[i]);
    }
    return items;
  }

  /// What was kept, best first.
  public RankedItems ranked() {
    long[] keys = Arrays.copyOf(heap, size);
    Arrays.sort(keys);
    return RankedItems.ofKeys(keys);
  }

  private void up(int start) {
    int i = start;
    long key = heap[i];
    while (i > 0 && heap[(i - 1) / 2] < key) {
      heap[i] = heap[(i - 1) / 2];
      i = (i - 1) / 2;
    }
    heap[i] = key;
  }

  private void down() {
    int i = 0;
    long key = heap[0];
    while (2 * i + 1 < size) {
      int child = 2 * i + 1;
      if (child + 1 < size && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[child] <= key) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = key;
  }
}
