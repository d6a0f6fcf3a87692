package io.zhiyin.kernel.vector;

/// Decision trees of at most [#MOST_LEAVES] leaves each, laid out so that no row has to be walked
/// ([QuickScorer](https://doi.org/10.1145/2766462.2767733), and [its vectorised
/// form](https://doi.org/10.1145/2911451.2914758)): a node whose question a row answers with "to
/// the right" takes the leaves on its left out, and of the leaves that are left after all nodes, in
/// any order, the first is the one that a walk would have come to. Every row does the same steps,
/// so that many do them side by side. Immutable: the arrays are not copied and must not be changed.
public final class LeafMasks {
  /// A bit each.
  public static final int MOST_LEAVES = 32;

  final int[] starts;
  final int[] asks;
  final float[] bars;
  final int[] masks;
  final int[] firstLeaves;
  final float[] leaves;

  /// @param starts `[T + 1]`: where each tree's nodes start
  /// @param asks `[N]`: which feature a node asks
  /// @param bars `[N]`: a row goes right where its feature is more than this
  /// @param masks `[N]`: a bit for each leaf of the tree from the left, 0 for those on the node's
  ///   left
  /// @param firstLeaves `[T]`: where each tree's leaves start
  /// @param leaves of all trees, from the left to the right
  public LeafMasks(
      int[] starts, int[] asks, float[] bars, int[] masks, int[] firstLeaves, float[] leaves) {
    this.starts = starts;
    this.asks = asks;
    this.bars = bars;
    this.masks = masks;
    this.firstLeaves = firstLeaves;
    this.leaves = leaves;
  }
}
