package io.zhiyin.engine.recall;

import io.zhiyin.engine.content.SparseVector;
import java.util.Arrays;

/// A weighted sum of sparse vectors.
final class VectorSum {
  private final ItemScores sums = new ItemScores();

  void add(SparseVector vector, float weight) {
    for (int i = 0; i < vector.size(); i++) {
      sums.add(vector.rows()[i], weight * vector.weights()[i]);
    }
  }

  SparseVector vector() {
    int[] rows = new int[sums.size()];
    int[] n = {0};
    sums.forEach((row, weight) -> rows[n[0]++] = row);
    Arrays.sort(rows);
    float[] weights = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      weights[i] = sums.get(rows[i]);
    }
    return new SparseVector(rows, weights);
  }
}
