package io.zhiyin.engine.content;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import java.util.Arrays;

/// The vectors of all items, one after the other in a flat array, rows and weights in turn: a
/// question compares hundreds of items from all over the catalogue, and an object for each would
/// have the processor wait for memory three times where it now waits once. Immutable.
final class ContentRows {
  /// How many vectors are fetched before they are read.
  private static final int AHEAD = 32;

  /// `[items + 1]`: the number of each item's first entry.
  final int[] starts;

  /// Of each entry its row, then the bits of its weight.
  private final int[] entries;

  private ContentRows(int[] starts, int[] entries) {
    this.starts = starts;
    this.entries = entries;
  }

  /// How many entries all items have.
  int size() {
    return entries.length / 2;
  }

  int row(int entry) {
    return entries[2 * entry];
  }

  float weight(int entry) {
    return Float.intBitsToFloat(entries[2 * entry + 1]);
  }

  /// Reads every `step`-th item; the others have none.
  static ContentRows read(Catalog catalog, ContentFeatures features, int step) {
    int[] starts = new int[catalog.indexBound() + 1];
    int[] entries = new int[2048];
    int size = 0;
    for (int index = 0; index + 1 < starts.length; index++) {
      Item item = index % step == 0 ? catalog.at(index) : null;
      if (item != null) {
        SparseVector vector = features.of(item);
        if (size + 2 * vector.size() > entries.length) {
          int room = Math.max(entries.length / 2, 2 * vector.size());
          entries = Arrays.copyOf(entries, Math.addExact(entries.length, room));
        }
        for (int i = 0; i < vector.size(); i++) {
          entries[size++] = vector.rows()[i];
          entries[size++] = Float.floatToRawIntBits(vector.weights()[i]);
        }
      }
      starts[index + 1] = size / 2;
    }
    return new ContentRows(starts, Arrays.copyOf(entries, size));
  }

  /// One more than the largest item.
  int bound() {
    return starts.length - 1;
  }

  /// Whether there is a vector of the item.
  boolean has(int item) {
    return item >= 0 && item < bound() && starts[item] < starts[item + 1];
  }

  /// What is computed of one item's vector.
  @FunctionalInterface
  interface ByItem {
    float of(int item);
  }

  /// Computes something of each of several items, in `out`, [#AHEAD] at a time, whose vectors are
  /// fetched first.
  void each(int[] items, ByItem value, float[] out) {
    for (int from = 0; from < items.length; from += AHEAD) {
      int to = Math.min(items.length, from + AHEAD);
      fetch(items, from, to);
      for (int i = from; i < to; i++) {
        out[i] = value.of(items[i]);
      }
    }
  }

  /// Has the processor fetch vectors from memory, all at the same time. Whoever reads one after the
  /// other without this waits for each: what is read next cannot be foretold from a vector that is
  /// not there yet.
  private void fetch(int[] items, int from, int to) {
    int all = 0;
    for (int i = from; i < to; i++) {
      if (has(items[i])) {
        all |= entries[2 * starts[items[i]]] | entries[2 * starts[items[i] + 1] - 1];
      }
    }
    if (all < 0) { // asked, so that the compiler does not leave the reading out
      throw new IllegalStateException("a row or a weight is negative");
    }
  }

  /// A copy; zero where there is none.
  SparseVector vector(int item) {
    if (!has(item)) {
      return SparseVector.ZERO;
    }
    int first = starts[item];
    int[] rows = new int[starts[item + 1] - first];
    float[] weights = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(first + i);
      weights[i] = weight(first + i);
    }
    return new SparseVector(rows, weights);
  }

  /// The dot product with the item's vector.
  float dot(SparseVector other, int item) {
    int[] theirs = other.rows();
    int end = starts[item + 1];
    float sum = 0;
    int i = 0;
    int at = starts[item];
    while (i < theirs.length && at < end) {
      int difference = theirs[i] - row(at);
      if (difference == 0) {
        sum += other.weights()[i++] * weight(at++);
      } else if (difference < 0) {
        i++;
      } else {
        at++;
      }
    }
    return sum;
  }

  /// The dot product of the item's vector with weights by row, added up in the order of rows as the
  /// other does.
  float dot(float[] weights, int item) {
    float sum = 0;
    for (int at = starts[item]; at < starts[item + 1]; at++) {
      sum += weights[row(at)] * weight(at);
    }
    return sum;
  }

  /// The dot product of the item's vector with itself.
  float square(int item) {
    float sum = 0;
    for (int at = starts[item]; at < starts[item + 1]; at++) {
      sum += weight(at) * weight(at);
    }
    return sum;
  }
}
