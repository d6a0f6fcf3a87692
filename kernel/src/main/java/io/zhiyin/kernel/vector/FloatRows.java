package io.zhiyin.kernel.vector;

import java.util.Arrays;
import java.util.BitSet;

/// Vectors `[capacity, size]` in float32, row by row in [blocks][Blocks] of whole rows.
///
/// Rows may be written by one thread while others read other rows.
public final class FloatRows {
  private final int size;
  private final int capacity;
  private final int perBlock;
  private final float[][] blocks;

  /// Rows of zeros.
  ///
  /// @param size numbers of a row
  /// @param capacity how many rows there is room for
  public FloatRows(int size, int capacity) {
    this(size, capacity, Blocks.rows(Math.multiplyExact(Math.max(1, size), Float.BYTES), 1));
  }

  /// Rows of zeros in blocks of so many.
  FloatRows(int size, int capacity, int perBlock) {
    this(size, 0, perBlock, new float[0][], capacity);
  }

  private FloatRows(int size, int capacity, int perBlock, float[][] blocks) {
    if (size < 1 || capacity < 0) {
      throw new IllegalArgumentException(
          "there is no table of " + capacity + " rows of " + size + " numbers");
    }
    this.size = size;
    this.capacity = capacity;
    this.perBlock = perBlock;
    this.blocks = blocks;
  }

  /// The old blocks of so many rows, and room for as many as `capacity`.
  private FloatRows(int size, int rows, int perBlock, float[][] old, int capacity) {
    this(size, capacity, perBlock, Arrays.copyOf(old, Math.ceilDiv(capacity, perBlock)));
    for (int block = rows / perBlock; block < blocks.length; block++) {
      int numbers = Math.multiplyExact(Blocks.rowsOf(block, perBlock, capacity), size);
      blocks[block] = block < old.length ? Arrays.copyOf(old[block], numbers) : new float[numbers];
    }
  }

  /// A matrix as it is, kept and not copied, in one block.
  ///
  /// @param matrix `[rows, size]`
  public static FloatRows of(int size, float[] matrix) {
    if (size < 1 || matrix.length % size != 0) {
      throw new IllegalArgumentException(
          matrix.length + " numbers are no rows of " + size + " each");
    }
    int rows = matrix.length / size;
    return new FloatRows(size, rows, Math.max(1, rows), new float[][] {matrix});
  }

  /// The same rows with room for so many. What is full is shared, and the rows that are here are
  /// not to be written in either afterwards; [#apart] is for that.
  public FloatRows withCapacity(int wanted) {
    return wanted <= capacity ? this : new FloatRows(size, capacity, perBlock, blocks, wanted);
  }

  /// The same rows, of which those given may be written without anybody's seeing it here.
  public FloatRows apart(BitSet rows) {
    float[][] own = blocks.clone();
    Blocks.of(rows, perBlock).stream().forEach(block -> own[block] = blocks[block].clone());
    return new FloatRows(size, capacity, perBlock, own);
  }

  public int size() {
    return size;
  }

  public int capacity() {
    return capacity;
  }

  /// The array in which a row lies, at [#at].
  public float[] block(int row) {
    return blocks[row / perBlock];
  }

  /// Where in its array a row begins.
  public int at(int row) {
    return row % perBlock * size;
  }

  /// How many rows lie one after the other in one array from this one on.
  public int together(int row) {
    return Math.min(capacity - row, perBlock - row % perBlock);
  }

  /// Writes a row: the numbers at `from …`.
  public void set(int row, float[] vectors, int from) {
    System.arraycopy(vectors, from, block(row), at(row), size);
  }

  /// A row's numbers, copied.
  public float[] get(int row) {
    int at = at(row);
    return Arrays.copyOfRange(block(row), at, at + size);
  }

  /// Whether a row is the same, to the bit, as that of the same number there.
  @SuppressWarnings("ReferenceEquality") // a block that both share is not gone through
  public boolean isSame(int row, FloatRows other) {
    float[] ours = block(row);
    float[] theirs = other.block(row);
    int at = at(row);
    int there = other.at(row);
    return (ours == theirs && at == there)
        || Arrays.equals(ours, at, at + size, theirs, there, there + size);
  }
}
