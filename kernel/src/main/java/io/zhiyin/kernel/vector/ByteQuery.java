package io.zhiyin.kernel.vector;

/// A query against [ByteRows], rounded to −63 … 63 so that four products with bytes fit in 16 bits.
/// Reusable; one thread at a time.
public final class ByteQuery {
  private static final int LARGEST = 63;

  final int size;

  /// Each number as often as a panel has rows, `[depth, width]`: a vector to be loaded, which costs
  /// less than spreading a number over the lanes.
  final short[] numbers;

  final int width;

  /// Room for the sums of the panels that are read side by side.
  final int[] sums;

  float scale;

  /// For queries against those rows, or others of the same size.
  public ByteQuery(ByteRows rows) {
    size = rows.size;
    width = rows.width;
    numbers = new short[rows.depth * width];
    sums = new int[Bytes.PLACES * width];
  }

  public int size() {
    return size;
  }

  /// Takes over a vector; one with a number that is not finite scores NaN with every row.
  public ByteQuery set(float[] vector) {
    if (vector.length != size) {
      throw new IllegalArgumentException(
          "the query has " + vector.length + " numbers, the index's vectors have " + size);
    }
    float largest = 0;
    boolean finite = true;
    for (float number : vector) {
      largest = Math.max(largest, Math.abs(number));
      finite &= Float.isFinite(number);
    }
    scale = finite ? largest / LARGEST : Float.NaN;
    float inverse = finite && scale > 0 ? 1 / scale : 0;
    for (int i = 0; i < size; i++) {
      short number = (short) Math.clamp(Math.round(vector[i] * inverse), -LARGEST, LARGEST);
      for (int lane = 0; lane < width; lane++) {
        numbers[i * width + lane] = number;
      }
    }
    return this;
  }
}
