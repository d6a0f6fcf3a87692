package io.zhiyin.kernel.nn;

import java.nio.FloatBuffer;

/// Vectors `[rows, size]` row-major that are asked for one by one. Those of a file lie there,
/// mapped, until somebody asks: a million items' vectors need not be in memory twice, as they were
/// stored and as they are searched.
///
/// @param numbers from its index 0 on; its position does not matter
public record VectorTable(int rows, int size, FloatBuffer numbers) {
  public VectorTable {
    if (numbers.capacity() != (long) rows * size) {
      throw new IllegalArgumentException(
          "a table of %d rows of %d numbers cannot hold %d"
              .formatted(rows, size, numbers.capacity()));
    }
  }

  /// The table of no vectors of that size.
  static VectorTable none(int size) {
    return new VectorTable(0, size, FloatBuffer.allocate(0));
  }

  static VectorTable load(Safetensors tensors, String name, int rows, int size) {
    return new VectorTable(rows, size, tensors.buffer(name + ".weight", rows, size));
  }

  /// Copies the vector of a row to `to[start …]`.
  ///
  /// @throws IndexOutOfBoundsException when there is no such row
  public void copy(int row, float[] to, int start) {
    numbers.get(row * size, to, start, size);
  }
}
