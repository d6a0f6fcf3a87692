package io.zhiyin.engine.content;

import io.zhiyin.kernel.vector.Blocks;

/// The items that have each feature, and with what weight, by rising items: [ContentRows] the other
/// way round. Immutable; in [blocks][Blocks].
final class Postings {
  private final int perBlock;
  private final int[] starts;
  private final int[][] items;
  private final float[][] weights;

  Postings(ContentRows vectors, int rows) {
    this(vectors, rows, Blocks.BYTES / Integer.BYTES);
  }

  /// With so many postings in a block.
  Postings(ContentRows vectors, int rows, int perBlock) {
    this.perBlock = perBlock;
    starts = new int[rows + 1];
    vectors.forEach((_, row, _) -> starts[row + 1]++);
    for (int row = 0; row < rows; row++) {
      starts[row + 1] += starts[row];
    }
    int size = starts[rows];
    items = new int[Math.ceilDiv(size, perBlock)][];
    weights = new float[items.length][];
    for (int block = 0; block < items.length; block++) {
      items[block] = new int[Math.min(perBlock, size - block * perBlock)];
      weights[block] = new float[items[block].length];
    }
    int[] next = starts.clone();
    vectors.forEach(
        (item, row, weight) -> {
          int at = next[row]++;
          items[at / perBlock][at % perBlock] = item;
          weights[at / perBlock][at % perBlock] = weight;
        });
  }

  /// How many items have a feature.
  int length(int row) {
    return starts[row + 1] - starts[row];
  }

  /// The mean weight of a feature among the items that have it.
  private float mean(int row) {
    float sum = 0;
    for (int at = starts[row], length; at < starts[row + 1]; at += length) {
      length = together(at, starts[row + 1]);
      float[] block = weights[at / perBlock];
      int from = at % perBlock;
      for (int i = from; i < from + length; i++) {
        sum += block[i];
      }
    }
    return sum / length(row);
  }

  /// How many postings from one on lie in its block.
  private int together(int at, int end) {
    return Math.min(end - at, perBlock - at % perBlock);
  }

  /// What following each feature is worth: its mean weight, over the root of how many items have
  /// it.
  float[] telling() {
    float[] telling = new float[starts.length - 1];
    for (int row = 0; row < telling.length; row++) {
      int length = length(row);
      telling[row] = length == 0 ? 0 : (float) (mean(row) / Math.sqrt(length));
    }
    return telling;
  }

  /// Adds `weight` times theirs to the sums of the first `length` items that have the feature.
  void addFirst(int row, int length, float weight, Sums sums) {
    int end = Math.min(starts[row + 1], starts[row] + length);
    for (int at = starts[row], count; at < end; at += count) {
      count = together(at, end);
      int from = at % perBlock;
      int block = at / perBlock;
      sums.add(items[block], weights[block], from, from + count, weight);
    }
  }

  /// Adds `weight` times theirs to the sums, by item, of all that have the feature.
  void addAll(int row, float weight, float[] sums) {
    for (int at = starts[row]; at < starts[row + 1]; at++) {
      sums[items[at / perBlock][at % perBlock]] += weight * weights[at / perBlock][at % perBlock];
    }
  }
}
