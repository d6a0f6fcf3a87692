package io.zhiyin.kernel.vector;

/// Vectors as small whole numbers: row r is scale[r] · b[r, :] with b in −127 … 127, `size` bytes
/// (rounded up to a multiple of four) and one float a row where floats take four bytes a number.
///
/// The rows lie in *panels*: as many as a vector has 16-bit lanes, side by side for each of the
/// numbers, so that a kernel adds up a row in one lane and never across lanes. Within a panel the
/// first half of the rows has the even lanes and the second half the odd ones, which is how they
/// come apart when pairs of 16-bit sums are widened.
///
/// Rows may be set by one thread while others read other rows.
public final class ByteRows {
  /// Products that a 16-bit sum takes before it is widened: 4 · 127 · 63 < 2¹⁵.
  static final int GROUP = 4;

  /// The largest absolute number of a row.
  static final int LARGEST = 127;

  final int size;
  final int depth;
  final int width;
  final byte[] numbers;
  final float[] scales;

  /// Room for the row that is being set.
  private final int[] rounded;

  /// Rows of zeros.
  ///
  /// @param size numbers of a row
  /// @param capacity how many rows there is room for
  public ByteRows(int size, int capacity) {
    if (size < 1 || capacity < 0) {
      throw new IllegalArgumentException(
          "there is no table of " + capacity + " rows of " + size + " numbers");
    }
    this.size = size;
    depth = (size + GROUP - 1) / GROUP * GROUP;
    width = panel();
    int padded = Math.multiplyExact(Math.ceilDiv(capacity, width), width);
    numbers = new byte[Math.multiplyExact(padded, depth)];
    scales = new float[padded];
    rounded = new int[size];
  }

  private ByteRows(ByteRows old, int capacity) {
    this(old.size, capacity);
    System.arraycopy(old.numbers, 0, numbers, 0, Math.min(numbers.length, old.numbers.length));
    System.arraycopy(old.scales, 0, scales, 0, Math.min(scales.length, old.scales.length));
  }

  /// The same rows in memory of their own, with room for so many.
  public ByteRows copy(int capacity) {
    return new ByteRows(this, capacity);
  }

  public int size() {
    return size;
  }

  /// Rows of a panel: rows are scored from the first of a panel on.
  public static int panel() {
    return Kernels.simd().isPresent() ? Bytes.WIDTH : 2;
  }

  /// How many rows there is room for, at least as many as were asked for.
  public int capacity() {
    return scales.length;
  }

  /// Bytes of memory that a row takes.
  public int bytesPerRow() {
    return depth + Float.BYTES;
  }

  /// Rounds the vector at `from …` to the nearest multiples of its largest absolute number / 127. A
  /// row with a number that is not finite scores NaN with every query.
  public void set(int row, float[] vectors, int from) {
    int bits = 0; // of the largest absolute number; those of what is not finite are the largest
    for (int i = from; i < from + size; i++) {
      bits = Math.max(bits, Float.floatToRawIntBits(vectors[i]) & Integer.MAX_VALUE);
    }
    float largest = Float.intBitsToFloat(bits);
    boolean finite = Float.isFinite(largest);
    float scale = finite ? largest / LARGEST : Float.NaN;
    float inverse = finite && scale > 0 ? 1 / scale : 0;
    // apart from the stores, so that the compiler makes vectors of it: 190 ns a row instead of 680
    for (int i = 0; i < size; i++) {
      int number = Math.round(vectors[from + i] * inverse);
      rounded[i] = Math.max(-LARGEST, Math.min(LARGEST, number));
    }
    int to = at(row, 0);
    for (int i = 0; i < size; i++) {
      numbers[to] = (byte) rounded[i];
      to += width;
    }
    scales[row] = scale;
  }

  /// The rounded vector of a row.
  public float[] get(int row) {
    float[] vector = new float[size];
    for (int i = 0; i < size; i++) {
      vector[i] = numbers[at(row, i)] * scales[row];
    }
    return vector;
  }

  /// Where number i of a row lies.
  int at(int row, int i) {
    int half = width / 2;
    int r = row % width;
    int lane = r < half ? 2 * r : 2 * (r - half) + 1;
    return (row / width * depth + i) * width + lane;
  }
}
