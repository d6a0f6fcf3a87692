package io.zhiyin.kernel.vector;

import java.util.BitSet;

/// How large tables are divided: into arrays of at most [#BYTES].
///
/// The JVM clears or copies an array in one go, and a thread that does so reaches no safepoint: who
/// collects waits for it, and all others for who collects. Where memory is new, a hundred megabytes
/// take a quarter of a second. In blocks the longest wait is that of one, and of rows that change
/// only their blocks are copied.
///
/// A block fills a region of the collector where regions have 4 MiB or less (heaps to some 8 GiB):
/// it is put there at once and never copied by the collector.
public final class Blocks {
  /// The most bytes of a block: with an array's head they fill 4 MiB.
  public static final int BYTES = (4 << 20) - 16;

  private Blocks() {}

  /// How many rows a block has.
  ///
  /// @param multiple that it comes in multiples of, at least one of them
  static int rows(int bytesPerRow, int multiple) {
    return Math.max(multiple, BYTES / bytesPerRow / multiple * multiple);
  }

  /// How many rows the block of that number has of so many in all.
  static int rowsOf(int block, int perBlock, int all) {
    return Math.clamp(all - (long) block * perBlock, 0, perBlock);
  }

  /// The numbers of the blocks in which those rows lie.
  static BitSet of(BitSet rows, int perBlock) {
    BitSet blocks = new BitSet();
    int row = rows.nextSetBit(0);
    while (row >= 0) {
      int block = row / perBlock;
      blocks.set(block);
      long next = (block + 1L) * perBlock;
      row = next > Integer.MAX_VALUE ? -1 : rows.nextSetBit((int) next);
    }
    return blocks;
  }
}
