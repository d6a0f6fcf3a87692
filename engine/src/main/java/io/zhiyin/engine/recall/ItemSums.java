package io.zhiyin.engine.recall;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/// Sums of weights by item, in fixed point: the order of adding leaves no trace. In blocks, as an
/// array that grows would be copied, and of a million items half of it be empty.
final class ItemSums {
  private static final double UNIT = 1 << 24;
  private static final int BLOCK_BITS = 16;
  private static final int BLOCK = 1 << BLOCK_BITS;
  private static final long[] NONE = {};

  private long[][] blocks = new long[1][];
  private int bound;

  ItemSums() {
    blocks[0] = NONE;
  }

  void add(int item, double weight) {
    int block = item >>> BLOCK_BITS;
    int at = item & (BLOCK - 1);
    if (block >= blocks.length || at >= blocks[block].length) {
      makeRoom(block, at);
    }
    blocks[block][at] += Math.round(weight * UNIT);
    bound = Math.max(bound, item + 1);
  }

  /// The first block grows, so that few items take little; others are made whole.
  private void makeRoom(int block, int at) {
    if (block >= blocks.length) {
      int before = blocks.length;
      blocks = Arrays.copyOf(blocks, block + 1);
      Arrays.fill(blocks, before, blocks.length, NONE);
    }
    int grown = Math.clamp(Math.max(at + 1L, 2L * blocks[block].length), 1024, BLOCK);
    blocks[block] = Arrays.copyOf(blocks[block], block == 0 ? grown : BLOCK);
  }

  private long fixed(int item) {
    long[] block = item < bound ? blocks[item >>> BLOCK_BITS] : NONE;
    int at = item & (BLOCK - 1);
    return at < block.length ? block[at] : 0;
  }

  /// The sum of an item, 0 when nothing was added.
  double sum(int item) {
    return fixed(item) / UNIT;
  }

  /// A number made of each item's sum, once: where it is asked for with every pair of items, what
  /// it takes to compute would be paid for each.
  double[] map(DoubleUnaryOperator function) {
    double ofNone = function.applyAsDouble(0);
    double[] made = new double[bound];
    for (int item = 0; item < made.length; item++) {
      long sum = fixed(item);
      made[item] = sum == 0 ? ofNone : function.applyAsDouble(sum / UNIT);
    }
    return made;
  }

  /// One more than the largest item that has a sum.
  int bound() {
    return bound;
  }
}
