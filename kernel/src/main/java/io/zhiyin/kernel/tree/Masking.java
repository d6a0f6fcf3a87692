package io.zhiyin.kernel.tree;

import io.zhiyin.kernel.vector.LeafMasks;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Lays trees out as [LeafMasks], where they are small enough for it.
final class Masking {
  private final int[] features;
  private final float[] thresholds;
  private final int[] left;
  private final int[] right;
  private final float[] leaves;

  private final int[] masks;
  private final int[] asks;
  private final float[] bars;
  private final float[] inOrder;
  private int nodes;
  private int ordered;
  private int firstLeaf;

  private Masking(
      int roots, int[] features, float[] thresholds, int[] left, int[] right, float[] leaves) {
    this.features = features;
    this.thresholds = thresholds;
    this.left = left;
    this.right = right;
    this.leaves = leaves;
    int most = Math.multiplyExact(roots, LeafMasks.MOST_LEAVES);
    masks = new int[most];
    asks = new int[most];
    bars = new float[most];
    inOrder = new float[most];
  }

  /// The trees once more, or null when one has more leaves than fit.
  static @Nullable LeafMasks of(
      int[] roots, int[] features, float[] thresholds, int[] left, int[] right, float[] leaves) {
    Masking made = new Masking(roots.length, features, thresholds, left, right, leaves);
    int[] starts = new int[roots.length + 1];
    int[] firstLeaves = new int[roots.length];
    for (int tree = 0; tree < roots.length; tree++) {
      made.firstLeaf = made.ordered;
      firstLeaves[tree] = made.ordered;
      if (!made.add(roots[tree], 1)) {
        return null;
      }
      starts[tree + 1] = made.nodes;
    }
    return new LeafMasks(
        starts,
        Arrays.copyOf(made.asks, made.nodes),
        Arrays.copyOf(made.bars, made.nodes),
        Arrays.copyOf(made.masks, made.nodes),
        firstLeaves,
        Arrays.copyOf(made.inOrder, made.ordered));
  }

  /// Adds what is below a reference, from the left to the right.
  ///
  /// @param depth a tree is no deeper than it has leaves
  /// @return whether it fits
  private boolean add(int reference, int depth) {
    if (ordered - firstLeaf == LeafMasks.MOST_LEAVES || depth > LeafMasks.MOST_LEAVES) {
      return false;
    }
    if (reference < 0) {
      inOrder[ordered++] = leaves[~reference];
      return true;
    }
    int before = ordered - firstLeaf;
    if (!add(left[reference], depth + 1)) {
      return false;
    }
    int after = ordered - firstLeaf;
    masks[nodes] = ~(int) ((1L << after) - (1L << before));
    asks[nodes] = features[reference];
    bars[nodes++] = thresholds[reference];
    return add(right[reference], depth + 1);
  }
}
