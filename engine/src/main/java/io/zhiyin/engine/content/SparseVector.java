package io.zhiyin.engine.content;

/// A vector with few entries that are not zero.
///
/// @param rows rising, no two equal
/// @param weights one for each row
public record SparseVector(int[] rows, float[] weights) {
  public static final SparseVector ZERO = new SparseVector(new int[0], new float[0]);

  public SparseVector {
    if (rows.length != weights.length) {
      throw new IllegalArgumentException(rows.length + " rows with " + weights.length + " weights");
    }
  }

  public int size() {
    return rows.length;
  }

  public boolean isZero() {
    return rows.length == 0;
  }

  /// The dot product; of two vectors of length 1 this is their cosine.
  public float dot(SparseVector other) {
    float sum = 0;
    int i = 0;
    int j = 0;
    while (i < rows.length && j < other.rows.length) {
      int difference = rows[i] - other.rows[j];
      if (difference == 0) {
        sum += weights[i++] * other.weights[j++];
      } else if (difference < 0) {
        i++;
      } else {
        j++;
      }
    }
    return sum;
  }
}
