package io.zhiyin.learning.train;

import io.zhiyin.engine.content.SparseVector;
import java.util.Arrays;
import java.util.List;

/// A sparse matrix by rows, and its products with dense row-major matrices.
///
/// @param starts where each row's entries begin, one more than there are rows
/// @param indices column of each entry
/// @param values value of each entry
record SparseRows(int columns, int[] starts, int[] indices, float[] values) {

  /// @param columns sorted names of the columns that occur in the vectors
  static SparseRows of(List<SparseVector> vectors, int[] columns) {
    int entries = vectors.stream().mapToInt(SparseVector::size).sum();
    int[] starts = new int[vectors.size() + 1];
    int[] indices = new int[entries];
    float[] values = new float[entries];
    int at = 0;
    for (int row = 0; row < vectors.size(); row++) {
      SparseVector vector = vectors.get(row);
      for (int f = 0; f < vector.size(); f++) {
        indices[at] = Arrays.binarySearch(columns, vector.rows()[f]);
        values[at++] = vector.weights()[f];
      }
      starts[row + 1] = at;
    }
    return new SparseRows(columns.length, starts, indices, values);
  }

  int rows() {
    return starts.length - 1;
  }

  /// S · x `[rows, width]` for x `[columns, width]`.
  float[] times(float[] x, int width) {
    float[] y = new float[rows() * width];
    for (int row = 0; row < rows(); row++) {
      for (int e = starts[row]; e < starts[row + 1]; e++) {
        add(values[e], x, indices[e] * width, y, row * width, width);
      }
    }
    return y;
  }

  /// Sᵀ · x `[columns, width]` for x `[rows, width]`.
  float[] transposedTimes(float[] x, int width) {
    float[] y = new float[columns * width];
    for (int row = 0; row < rows(); row++) {
      for (int e = starts[row]; e < starts[row + 1]; e++) {
        add(values[e], x, row * width, y, indices[e] * width, width);
      }
    }
    return y;
  }

  private static void add(float a, float[] x, int xFrom, float[] y, int yFrom, int width) {
    for (int j = 0; j < width; j++) {
      y[yFrom + j] += a * x[xFrom + j];
    }
  }
}
