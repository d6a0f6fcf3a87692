package io.zhiyin.engine.content;

import java.util.Arrays;

/// Weights by feature that vectors were added up to: a small open-addressing table that is read for
/// hundreds of items. One thread adds; then any thread reads.
public final class FeatureSums {
  private static final int EMPTY = -1;
  private static final int LEAST = 1 << 4;

  /// Of each slot the row, or [#EMPTY], and the bits of its sum: beside each other, as one is never
  /// read without the other.
  private int[] slots;

  private int size;

  public FeatureSums() {
    this(1 << 9);
  }

  /// With room for so many features from the start.
  public FeatureSums(int expected) {
    int count = LEAST;
    while (count < 2 * expected) {
      count *= 2;
    }
    slots = empty(count);
  }

  private static int[] empty(int count) {
    int[] slots = new int[2 * count];
    for (int slot = 0; slot < slots.length; slot += 2) {
      slots[slot] = EMPTY;
    }
    return slots;
  }

  void add(int row, float weight) {
    if (4 * size >= slots.length) {
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
    int mask = slots.length - 2;
    int slot = 2 * (h ^ (h >>> 15)) & mask;
    while (slots[slot] != EMPTY && slots[slot] != row) {
      slot = (slot + 2) & mask;
    }
    return slot;
  }

  private void grow() {
    int[] before = slots;
    slots = empty(before.length);
    for (int i = 0; i < before.length; i += 2) {
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
    for (int slot = 0; slot < slots.length; slot += 2) {
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
