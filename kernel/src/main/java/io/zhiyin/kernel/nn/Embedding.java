package io.zhiyin.kernel.nn;

import io.zhiyin.kernel.vector.Kernels;
import java.util.Objects;

/// A table of vectors, `[rows, size]` row-major. A table of no rows adds nothing.
public record Embedding(int rows, int size, float[] weight) {
  public Embedding {
    if (weight.length != (long) rows * size) {
      throw new IllegalArgumentException(
          "a table of %d rows of %d numbers cannot hold %d".formatted(rows, size, weight.length));
    }
  }

  /// y[yFrom …] += weight[row]
  ///
  /// @throws IndexOutOfBoundsException when the table has rows, but not that one
  public void addTo(Kernels kernels, int row, float[] y, int yFrom) {
    if (rows > 0) {
      Objects.checkIndex(row, rows);
      kernels.add(weight, row * size, y, yFrom, size);
    }
  }

  static Embedding load(Safetensors tensors, String name, int rows, int size) {
    return new Embedding(rows, size, tensors.floats(name + ".weight", rows, size));
  }

  /// The table, or one of no rows where the file has none.
  static Embedding loadOrNone(Safetensors tensors, String name, int rows, int size) {
    return tensors.has(name + ".weight")
        ? load(tensors, name, rows, size)
        : new Embedding(0, size, new float[0]);
  }
}
