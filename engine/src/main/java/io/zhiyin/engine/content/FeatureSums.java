package io.zhiyin.engine.content;

import java.util.Arrays;

/// Weights by feature that vectors were added up to: a small open-addressing table that is read for
/// hundreds of items. One thread adds; then any thread reads.
public final class FeatureSums {
  private static final int EMPTY = -1;
  private static final int LEAST = 1 << 4;
  private static final int FIRST = 1 << 9;

  /// What a shopper of very many features needs is not kept.
  private static final int MOST_KEPT = 1 << 16;

  /// Of each slot the row, or [#EMPTY], and the bits of its sum: beside each other, as one is never
  /// read without the other. Those beyond [#length] are of a larger table before, and empty.
  private int[] slots;

  private int length;
  private int size;

  public FeatureSums() {
    slots = empty(2 * FIRST);
    length = slots.length;
  }

  private static int[] empty(int length) {
    int[] slots = new int[length];
    empty(slots, 0, length);
    return slots;
  }

  private static void empty(int[] slots, int from, int to) {
    for (int slot = from; slot < to; slot += 2) {
      slots[slot] = EMPTY;
      slots[slot + 1] = 0;
    }
  }

  /// Makes room for so many features while there are none yet, and for no more, as little is read
  /// sooner than much.
  FeatureSums expect(int features) {
    int count = LEAST;
    while (count < 2 * features) {
      count *= 2;
    }
    length = 2 * count;
    if (slots.length < length) {
      slots = empty(length);
    }
    return this;
  }

  /// Forgets all.
  void clear() {
    if (slots.length > MOST_KEPT) {
      slots = empty(2 * FIRST);
    } else {
      empty(slots, 0, length);
    }
    size = 0;
    length = slots.length;
  }

  void add(int row, float weight) {
    if (4 * size >= length) {
      grow();
    }
    int slot = slot(row);
    if (slots[slot] == EMPTY) {
      slots[slot] = row;
      size++;
    }
    slots[slot + 1] = Float.floatToRawIntBits(sum(slot) + weight);
  }

  /// The sum of a feature, or 0.
  float get(int row) {
    return sum(slot(row));
  }

  private float sum(int slot) {
    return Float.intBitsToFloat(slots[slot + 1]);
  }

  /// The place of the row, or the empty one where it would be, which holds 0.
  private int slot(int row) {
    int h = row * 0x9e3779b9;
    int mask = length - 2;
    int slot = 2 * (h ^ (h >>> 15)) & mask;
    while (slots[slot] != EMPTY && slots[slot] != row) {
      slot = (slot + 2) & mask;
    }
    return slot;
  }

  private void grow() {
    int[] before = slots;
    int end = length;
    length = 2 * end;
    slots = empty(length);
    for (int i = 0; i < end; i += 2) {
      if (before[i] != EMPTY) {
        int slot = slot(before[i]);
        slots[slot] = before[i];
        slots[slot + 1] = before[i + 1];
      }
    }
  }

  /// Receives a feature with its sum.
  @FunctionalInterface
  interface Visitor {
    void visit(int row, float sum);
  }

  /// Visits all features, in no meaningful order.
  void forEach(Visitor visitor) {
    for (int slot = 0; slot < length; slot += 2) {
      if (slots[slot] != EMPTY) {
        visitor.visit(slots[slot], sum(slot));
      }
    }
  }

  /// The sums as a vector.
  public SparseVector vector() {
    int[] held = new int[size];
    int[] n = {0};
    forEach((row, _) -> held[n[0]++] = row);
    Arrays.sort(held);
    float[] weights = new float[held.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = get(held[i]);
    }
    return new SparseVector(held, weights);
  }
}
