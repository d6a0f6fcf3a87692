package io.zhiyin.engine.catalog;

import java.util.Arrays;

/// Keeps the `k` best of the items offered, in the order of [ItemOrder]; the order of offers does
/// not matter. Reusable; not for several threads.
public final class TopItems {
  private long[] heap; // the worst key kept is at the root
  private int k;
  private int size;

  public TopItems(int k) {
    heap = new long[k];
    this.k = k;
  }

  /// Forgets all, and keeps the best `k` from now on.
  public TopItems reset(int k) {
    heap = heap.length < k ? new long[k] : heap;
    this.k = k;
    size = 0;
    return this;
  }

  /// Offers one item; the same item must not be offered twice.
  public void offer(int item, float strength) {
    if (size < k) {
      heap[size] = ItemOrder.key(item, strength);
      up(size++);
    } else if (k > 0 && strength >= ItemOrder.strength(heap[0])) {
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

  /// What was kept, best first. Nothing is offered after it until the next [#reset].
  public RankedItems ranked() {
    Arrays.sort(heap, 0, size);
    return RankedItems.ofKeys(heap, size);
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
