package io.zhiyin.engine.content;

import io.zhiyin.kernel.vector.Kernels;

/// The vectors that one [TextEncoder] gave to items: a dense matrix and whose row is whose.
///
/// @param encoderId of the encoder
/// @param size m, numbers of a vector
/// @param items catalogue index of each row, rising `[r]`
/// @param matrix unit vectors `[r, m]`, row-major; not to be written to
public record TextSpace(String encoderId, int size, int[] items, float[] matrix) {
  private static final int BLOCK = 512;

  public TextSpace {
    if (matrix.length != items.length * size) {
      throw new IllegalArgumentException(
          "the matrix has %d numbers instead of %d × %d"
              .formatted(matrix.length, items.length, size));
    }
  }

  /// How many items it holds.
  public int rows() {
    return items.length;
  }

  /// Adds the dot product of the query `[m]` with every item's vector to `scores`, which is indexed
  /// by catalogue index; items past its end are left out.
  public void addAll(float[] query, float[] scores) {
    float[] block = new float[BLOCK];
    for (int first = 0; first < items.length; first += BLOCK) {
      int count = Math.min(BLOCK, items.length - first);
      Kernels.active().scores(query, matrix, first, count, block);
      for (int i = 0; i < count; i++) {
        int item = items[first + i];
        if (item < scores.length) {
          scores[item] += block[i];
        }
      }
    }
  }

  /// The mean of all vectors `[m]`; zeros when there are none.
  public float[] mean() {
    double[] sum = new double[size];
    for (int at = 0; at < matrix.length; at++) {
      sum[at % size] += matrix[at];
    }
    float[] mean = new float[size];
    for (int i = 0; i < size; i++) {
      mean[i] = items.length == 0 ? 0 : (float) (sum[i] / items.length);
    }
    return mean;
  }

  /// The same items with the mean taken off and length 1 again. Pretrained vectors all point one
  /// way (two titles of one shop rarely have a cosine below 0.5); what is left when that way is
  /// taken off tells them apart. An item that is the mean itself becomes zero.
  TextSpace centred() {
    float[] mean = mean();
    float[] result = matrix.clone();
    for (int row = 0; row < items.length; row++) {
      int from = row * size;
      Kernels.active().axpy(-1, mean, 0, result, from, size);
      float square = Kernels.active().dot(result, from, result, from, size);
      float scale = square < 1e-10f ? 0 : (float) (1 / Math.sqrt(square));
      for (int i = 0; i < size; i++) {
        result[from + i] *= scale;
      }
    }
    return new TextSpace(encoderId, size, items, result);
  }
}
