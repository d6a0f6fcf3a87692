package io.zhiyin.engine.content;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.kernel.vector.Blocks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The vectors of all items, one after the other in flat arrays, rows and weights in turn: a
/// question compares hundreds of items from all over the catalogue, and an object for each would
/// have the processor wait for memory three times where it now waits once. Immutable.
///
/// The arrays are [blocks][Blocks]: a vector lies in one, and what a block has no room for begins
/// the next.
final class ContentRows {
  /// How many vectors are fetched before they are read.
  private static final int AHEAD = 32;

  /// The bits of a place in a block, which has fewer than two to the power of them.
  private static final int PLACE_BITS =
      Integer.SIZE - Integer.numberOfLeadingZeros(Blocks.BYTES / Integer.BYTES);

  private static final int PLACES = 1 << PLACE_BITS;

  /// `[items + 1]`: the place of each item's first number, counted over all blocks as if each had
  /// [#PLACES].
  private final int[] starts;

  /// Of each entry its row, then the bits of its weight. A block ends with its last vector.
  private final int[][] blocks;

  private ContentRows(int[] starts, int[][] blocks) {
    this.starts = starts;
    this.blocks = blocks;
  }

  /// How many entries all items have.
  int size() {
    return Math.toIntExact(Arrays.stream(blocks).mapToLong(block -> block.length / 2).sum());
  }

  /// Reads every `step`-th item; the others have none.
  static ContentRows read(Catalog catalog, ContentFeatures features, int step) {
    return read(catalog, features, step, Blocks.BYTES / Integer.BYTES);
  }

  /// With blocks of so many numbers.
  static ContentRows read(Catalog catalog, ContentFeatures features, int step, int mostNumbers) {
    int[] starts = new int[catalog.indexBound() + 1];
    List<int[]> blocks = new ArrayList<>();
    int[] block = new int[Math.min(2048, mostNumbers)];
    int size = 0;
    for (int index = 0; index + 1 < starts.length; index++) {
      Item item = index % step == 0 ? catalog.at(index) : null;
      if (item != null) {
        SparseVector vector = features.of(item);
        int needed = size + 2 * vector.size();
        if (needed > mostNumbers && size > 0) {
          blocks.add(Arrays.copyOf(block, size));
          needed -= size;
          size = 0;
        }
        if (needed > block.length) {
          block = Arrays.copyOf(block, Math.max(needed, Math.min(2 * block.length, mostNumbers)));
        }
        starts[index] = Math.addExact(Math.multiplyExact(blocks.size(), PLACES), size);
        for (int i = 0; i < vector.size(); i++) {
          block[size++] = vector.rows()[i];
          block[size++] = Float.floatToRawIntBits(vector.weights()[i]);
        }
      }
      starts[index + 1] = blocks.size() * PLACES + size;
    }
    blocks.add(Arrays.copyOf(block, size));
    return new ContentRows(starts, blocks.toArray(int[][]::new));
  }

  /// One more than the largest item.
  int bound() {
    return starts.length - 1;
  }

  /// The block in which an item's numbers lie, from [#start] to [#end].
  private int[] block(int item) {
    return blocks[starts[item] >>> PLACE_BITS];
  }

  private int start(int item) {
    return starts[item] & (PLACES - 1);
  }

  private int end(int item, int[] block) {
    return Math.min(starts[item + 1] - starts[item] + start(item), block.length);
  }

  /// Whether there is a vector of the item.
  boolean has(int item) {
    return item >= 0 && item < bound() && start(item) < end(item, block(item));
  }

  /// How many entries the item's vector has.
  int size(int item) {
    return (end(item, block(item)) - start(item)) / 2;
  }

  /// Takes an entry of an item's vector.
  @FunctionalInterface
  interface Visitor {
    void visit(int item, int row, float weight);
  }

  /// Visits all entries, item by item, and within an item by rising rows.
  void forEach(Visitor visitor) {
    for (int item = 0; item < bound(); item++) {
      int[] block = block(item);
      int end = end(item, block);
      for (int at = start(item); at < end; at += 2) {
        visitor.visit(item, block[at], Float.intBitsToFloat(block[at + 1]));
      }
    }
  }

  /// What is computed of one item's vector.
  @FunctionalInterface
  interface ByItem {
    float of(int item);
  }

  /// Computes something of each of several items, in `out`, [#AHEAD] at a time, whose vectors are
  /// fetched first.
  void each(int[] items, ByItem value, float[] out) {
    for (int from = 0; from < items.length; from += AHEAD) {
      int to = Math.min(items.length, from + AHEAD);
      fetch(items, from, to);
      for (int i = from; i < to; i++) {
        out[i] = value.of(items[i]);
      }
    }
  }

  /// Has the processor fetch vectors from memory, all at the same time. Whoever reads one after the
  /// other without this waits for each: what is read next cannot be foretold from a vector that is
  /// not there yet.
  private void fetch(int[] items, int from, int to) {
    int all = 0;
    for (int i = from; i < to; i++) {
      if (has(items[i])) {
        int[] block = block(items[i]);
        all |= block[start(items[i])] | block[end(items[i], block) - 1];
      }
    }
    if (all < 0) { // asked, so that the compiler does not leave the reading out
      throw new IllegalStateException("a row or a weight is negative");
    }
  }

  /// A copy; zero where there is none.
  SparseVector vector(int item) {
    if (!has(item)) {
      return SparseVector.ZERO;
    }
    int[] block = block(item);
    int start = start(item);
    int[] rows = new int[size(item)];
    float[] weights = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = block[start + 2 * i];
      weights[i] = Float.intBitsToFloat(block[start + 2 * i + 1]);
    }
    return new SparseVector(rows, weights);
  }

  /// The dot product of the item's vector with weights by row, added up in the order of rows.
  float dot(float[] weights, int item) {
    int[] block = block(item);
    int end = end(item, block);
    float sum = 0;
    for (int at = start(item); at < end; at += 2) {
      sum += weights[block[at]] * Float.intBitsToFloat(block[at + 1]);
    }
    return sum;
  }

  /// The same with sums by row.
  float dot(FeatureSums sums, int item) {
    int[] block = block(item);
    int end = end(item, block);
    float sum = 0;
    for (int at = start(item); at < end; at += 2) {
      sum += Float.intBitsToFloat(block[at + 1]) * sums.get(block[at]);
    }
    return sum;
  }

  /// Adds the item's vector times `weight`.
  void addTo(FeatureSums sums, int item, float weight) {
    int[] block = block(item);
    int end = end(item, block);
    for (int at = start(item); at < end; at += 2) {
      sums.add(block[at], weight * Float.intBitsToFloat(block[at + 1]));
    }
  }

  /// The dot product of the item's vector with itself.
  float square(int item) {
    int[] block = block(item);
    int end = end(item, block);
    float sum = 0;
    for (int at = start(item); at < end; at += 2) {
      float weight = Float.intBitsToFloat(block[at + 1]);
      sum += weight * weight;
    }
    return sum;
  }
}
