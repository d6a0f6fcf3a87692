package io.zhiyin.engine.content;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import java.util.Arrays;

/// The vectors of all items, one after the other in two flat arrays: a question compares hundreds
/// of items from all over the catalogue, and an object for each would have the processor wait three
/// times where it now waits once. Immutable.
final class ContentRows {
  /// `[items + 1]`: where each item's entries start.
  final int[] starts;

  final int[] rows;
  final float[] weights;

  private ContentRows(int[] starts, int[] rows, float[] weights) {
    this.starts = starts;
    this.rows = rows;
    this.weights = weights;
  }

  /// Reads every `step`-th item; the others have none.
  static ContentRows read(Catalog catalog, ContentFeatures features, int step) {
    int[] starts = new int[catalog.indexBound() + 1];
    int[] rows = new int[1024];
    float[] weights = new float[1024];
    int size = 0;
    for (int index = 0; index + 1 < starts.length; index++) {
      Item item = index % step == 0 ? catalog.at(index) : null;
      if (item != null) {
        SparseVector vector = features.of(item);
        if (size + vector.size() > rows.length) {
          int room = Math.addExact(rows.length, Math.max(rows.length / 2, vector.size()));
          rows = Arrays.copyOf(rows, room);
          weights = Arrays.copyOf(weights, room);
        }
        System.arraycopy(vector.rows(), 0, rows, size, vector.size());
        System.arraycopy(vector.weights(), 0, weights, size, vector.size());
        size += vector.size();
      }
      starts[index + 1] = size;
    }
    return new ContentRows(starts, Arrays.copyOf(rows, size), Arrays.copyOf(weights, size));
  }

  /// One more than the largest item.
  int bound() {
    return starts.length - 1;
  }

  /// Whether there is a vector of the item.
  boolean has(int item) {
    return item >= 0 && item < bound() && starts[item] < starts[item + 1];
  }

  /// A copy; zero where there is none.
  SparseVector vector(int item) {
    return has(item)
        ? new SparseVector(
            Arrays.copyOfRange(rows, starts[item], starts[item + 1]),
            Arrays.copyOfRange(weights, starts[item], starts[item + 1]))
        : SparseVector.ZERO;
  }

  /// The dot product with the item's vector.
  float dot(SparseVector other, int item) {
    int[] theirs = other.rows();
    int end = starts[item + 1];
    float sum = 0;
    int i = 0;
    int at = starts[item];
    while (i < theirs.length && at < end) {
      int difference = theirs[i] - rows[at];
      if (difference == 0) {
        sum += other.weights()[i++] * weights[at++];
      } else if (difference < 0) {
        i++;
      } else {
        at++;
      }
    }
    return sum;
  }

  /// The dot product of the item's vector with itself.
  float square(int item) {
    float sum = 0;
    for (int at = starts[item]; at < starts[item + 1]; at++) {
      sum += weights[at] * weights[at];
    }
    return sum;
  }
}
