package io.zhiyin.engine.recall;

import io.zhiyin.engine.content.SparseVector;

/// A weighted sum of sparse vectors.
final class VectorSum {
  private final ItemScores sums = new ItemScores();

  void add(SparseVector vector, float weight) {
    for (int i = 0; i < vector.size(); i++) {
      sums.add(vector.rows()[i], weight * vector.weights()[i]);
    }
  }

  SparseVector vector() {
    return sums.asVector();
  }
}
