package io.zhiyin.engine.content;

import io.zhiyin.engine.catalog.TopItems;

/// Room to add up one question's likeness to items: a sum for each item and which of them are not
/// zero, so that what a question costs does not grow with the catalogue. Kept between questions;
/// one thread at a time.
final class Sums {
  private final float[] byItem;
  private final int[] touched;
  private final float[] byRow;
  private int size;

  Sums(int items, int rows) {
    byItem = new float[items];
    touched = new int[items];
    byRow = new float[rows];
  }

  /// Adds to an item's sum; what is not positive is left out.
  void add(int item, float value) {
    if (value > 0) {
      if (byItem[item] == 0) {
        touched[size++] = item;
      }
      byItem[item] += value;
    }
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

  /// Lays a vector out so that [#dot] reads it at once, until [#takeBack].
  void spread(SparseVector vector) {
    for (int i = 0; i < vector.size(); i++) {
      byRow[vector.rows()[i]] = vector.weights()[i];
    }
  }

  void takeBack(SparseVector vector) {
    for (int row : vector.rows()) {
      byRow[row] = 0;
    }
  }

  /// The dot product of an item's vector with the one that is laid out, added up in the order of
  /// rows as [SparseVector#dot] does.
  float dot(ContentRows vectors, int item) {
    float sum = 0;
    for (int at = vectors.starts[item]; at < vectors.starts[item + 1]; at++) {
      sum += byRow[vectors.row(at)] * vectors.weight(at);
    }
    return sum;
  }
}
