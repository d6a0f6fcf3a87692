package io.zhiyin.kernel.vector;

import java.util.Arrays;
import java.util.BitSet;

/// Vectors as small whole numbers: row r is scale[r] · b[r, :] with b in −127 … 127, `size` bytes
/// (rounded up to a multiple of four) and one float a row where floats take four bytes a number.
///
/// The rows lie in *panels*: as many as a vector has 16-bit lanes, side by side for each of the
/// numbers, so that a kernel adds up a row in one lane and never across lanes. Within a panel the
/// first half of the rows has the even lanes and the second half the odd ones, which is how they
/// come apart when pairs of 16-bit sums are widened. Panels lie in [blocks][Blocks] of whole ones.
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
  private final int capacity;
  private final int perBlock;
  private final byte[][] numbers;
  private final float[][] scales;

  /// Room for the row that is being set.
  private final int[] rounded;

  /// Rows of zeros.
  ///
  /// @param size numbers of a row
  /// @param capacity how many rows there is room for
  public ByteRows(int size, int capacity) {
    this(size, capacity, Blocks.rows(depth(size), panel()));
  }

  /// Rows of zeros in blocks of so many, a whole number of panels.
  ByteRows(int size, int capacity, int perBlock) {
    this(size, 0, perBlock, new byte[0][], new float[0][], capacity);
  }

  private ByteRows(int size, int capacity, int perBlock, byte[][] numbers, float[][] scales) {
    this.size = size;
    this.capacity = capacity;
    this.perBlock = perBlock;
    this.numbers = numbers;
    this.scales = scales;
    depth = depth(size);
    width = panel();
    rounded = new int[size];
  }

  /// The old blocks of so many rows, and room for as many as `capacity`, in whole panels.
  private ByteRows(
      int size, int rows, int perBlock, byte[][] oldNumbers, float[][] oldScales, int capacity) {
    this(
        size,
        inPanels(capacity),
        perBlock,
        Arrays.copyOf(oldNumbers, Math.ceilDiv(capacity, perBlock)),
        Arrays.copyOf(oldScales, Math.ceilDiv(capacity, perBlock)));
    for (int block = rows / perBlock; block < numbers.length; block++) {
      int held = Blocks.rowsOf(block, perBlock, this.capacity);
      int bytes = Math.multiplyExact(held, depth);
      boolean is = block < oldNumbers.length;
      numbers[block] = is ? Arrays.copyOf(oldNumbers[block], bytes) : new byte[bytes];
      scales[block] = is ? Arrays.copyOf(oldScales[block], held) : new float[held];
    }
  }

  private static int depth(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("there are no rows of " + size + " numbers");
    }
    return Math.multiplyExact(Math.ceilDiv(size, GROUP), GROUP);
  }

  private static int inPanels(int rows) {
    if (rows < 0) {
      throw new IllegalArgumentException("there is no table of " + rows + " rows");
    }
    return Math.multiplyExact(Math.ceilDiv(rows, panel()), panel());
  }

  /// The same rows with room for so many. What is full is shared, and the rows that are here are
  /// not to be set in either afterwards; [#apart] is for that.
  public ByteRows withCapacity(int wanted) {
    return wanted <= capacity
        ? this
        : new ByteRows(size, capacity, perBlock, numbers, scales, wanted);
  }

  /// The same rows, of which those given may be set without anybody's seeing it here.
  public ByteRows apart(BitSet rows) {
    byte[][] ownNumbers = numbers.clone();
    float[][] ownScales = scales.clone();
    Blocks.of(rows, perBlock).stream()
        .forEach(
            block -> {
              ownNumbers[block] = numbers[block].clone();
              ownScales[block] = scales[block].clone();
            });
    return new ByteRows(size, capacity, perBlock, ownNumbers, ownScales);
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
    return capacity;
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
    byte[] numbers = numbers(row);
    int to = at(row, 0);
    for (int i = 0; i < size; i++) {
      numbers[to] = (byte) rounded[i];
      to += width;
    }
    scales(row)[inBlock(row)] = scale;
  }

  /// The rounded vector of a row.
  public float[] get(int row) {
    float[] vector = new float[size];
    byte[] numbers = numbers(row);
    float scale = scales(row)[inBlock(row)];
    for (int i = 0; i < size; i++) {
      vector[i] = numbers[at(row, i)] * scale;
    }
    return vector;
  }

  /// How many rows, of which the first is a panel's, lie in one array from this one on.
  public int together(int row) {
    return Math.min(capacity - row, perBlock - row % perBlock);
  }

  /// The numbers of the block in which a row lies.
  byte[] numbers(int row) {
    return numbers[row / perBlock];
  }

  /// The scales of the block in which a row lies.
  float[] scales(int row) {
    return scales[row / perBlock];
  }

  /// The number of a row in its block.
  int inBlock(int row) {
    return row % perBlock;
  }

  /// Where in its block number i of a row lies.
  int at(int row, int i) {
    int half = width / 2;
    int r = row % width;
    int lane = r < half ? 2 * r : 2 * (r - half) + 1;
    return (inBlock(row) / width * depth + i) * width + lane;
  }
}
