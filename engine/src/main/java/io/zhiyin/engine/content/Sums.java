package io.zhiyin.engine.content;

import io.zhiyin.engine.catalog.TopItems;

/// Room to add up one question's likeness to items: a sum for each item and which of them are not
/// zero, so that what a question costs does not grow with the catalogue. Kept between questions;
/// one thread at a time.
final class Sums {
  private final float[] byItem;
  private final int[] touched;
  private int size;

  Sums(int items) {
    byItem = new float[items];
    touched = new int[items + 1]; // one is written before it is known whether it counts
  }

  /// Adds `weight` times theirs to the sums of the items from one place on to another; what is not
  /// positive is left out.
  ///
  /// An item is written down each time and counted the first time: whether it is the first is not
  /// to be foretold, and a branch would cost more than all the rest.
  void add(int[] items, float[] weights, int from, int to, float weight) {
    int count = size;
    for (int at = from; at < to; at++) {
      float value = weight * weights[at];
      if (value > 0) {
        float before = byItem[items[at]];
        touched[count] = items[at];
        count += before == 0 ? 1 : 0;
        byItem[items[at]] = before + value;
      }
    }
    size = count;
  }

  /// Offers every item that has a sum, and forgets it.
  void drainTo(TopItems top) {
    for (int i = 0; i < size; i++) {
      int item = touched[i];
      top.offer(item, byItem[item]);
      byItem[item] = 0;
    }
    size = 0;
  }
}
