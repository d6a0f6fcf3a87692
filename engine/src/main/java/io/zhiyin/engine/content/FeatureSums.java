package io.zhiyin.engine.content;

import java.util.Arrays;

/// Weights by feature that vectors were added up to: a small open-addressing table that is read for
/// hundreds of items. One thread adds; then any thread reads.
public final class FeatureSums {
  private int[] rows = new int[1 << 10];
  private float[] sums = new float[1 << 10];
  private int size;

  public FeatureSums() {
    Arrays.fill(rows, -1);
  }

  void add(int row, float weight) {
    if (2 * size >= rows.length) {
      grow();
    }
    int slot = slot(row);
    if (rows[slot] < 0) {
      rows[slot] = row;
      size++;
    }
    sums[slot] += weight;
  }

  /// The sum of a feature, or 0.
  float get(int row) {
    return sums[slot(row)];
  }

  /// The place of the row, or the empty one where it would be, which holds 0.
  private int slot(int row) {
    int h = row * 0x9e3779b9;
    int mask = rows.length - 1;
    int slot = (h ^ (h >>> 15)) & mask;
    while (rows[slot] >= 0 && rows[slot] != row) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    int[] before = rows;
    float[] kept = sums;
    rows = new int[before.length * 2];
    sums = new float[before.length * 2];
    Arrays.fill(rows, -1);
    for (int i = 0; i < before.length; i++) {
      if (before[i] >= 0) {
        int slot = slot(before[i]);
        rows[slot] = before[i];
        sums[slot] = kept[i];
      }
    }
  }

  /// The sums as a vector.
  public SparseVector vector() {
    int[] held = new int[size];
    int n = 0;
    for (int row : rows) {
      if (row >= 0) {
        held[n++] = row;
      }
    }
    Arrays.sort(held);
    float[] weights = new float[n];
    for (int i = 0; i < n; i++) {
      weights[i] = get(held[i]);
    }
    return new SparseVector(held, weights);
  }
}
