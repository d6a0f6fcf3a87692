package io.zhiyin.kernel.tree;

import java.util.Arrays;

/// A sum of regression trees over rows of features, as gradient boosting learns them ([Friedman
/// 2001](https://doi.org/10.1214/aos/1013203451)).
///
/// Trees are scored one after the other over all rows, so that a tree's few nodes stay in the
/// nearest cache. A row goes left where its feature is at most the threshold. Nothing is allocated.
/// Immutable: the arrays are not copied and must not be changed.
///
/// @param roots `[T]`: the first node of each tree, or `~leaf` for a tree that is a single leaf
/// @param features `[N]`: which feature a node asks
/// @param thresholds `[N]`: a row goes left where its feature is at most this
/// @param left `[N]`: the node on the left, or `~leaf`
/// @param right `[N]`: the node on the right, or `~leaf`
/// @param leaves `[M]`: what each leaf adds
public record TreeEnsemble(
    int[] roots, int[] features, float[] thresholds, int[] left, int[] right, float[] leaves) {

  /// @throws IllegalArgumentException when a reference leads nowhere or could go in circles
  public TreeEnsemble {
    int nodes = features.length;
    if (thresholds.length != nodes || left.length != nodes || right.length != nodes) {
      throw new IllegalArgumentException("columns of nodes of different lengths");
    }
    for (int root : roots) {
      check(root, -1, nodes, leaves.length);
    }
    for (int node = 0; node < nodes; node++) {
      check(left[node], node, nodes, leaves.length);
      check(right[node], node, nodes, leaves.length);
      if (features[node] < 0 || Float.isNaN(thresholds[node])) {
        throw new IllegalArgumentException("node " + node + " asks nothing");
      }
    }
  }

  /// Children come after their parents, so that no walk goes on forever.
  private static void check(int to, int from, int nodes, int leaves) {
    if (to >= 0 ? to <= from || to >= nodes : ~to >= leaves) {
      throw new IllegalArgumentException("node " + from + " leads to " + to);
    }
  }

  /// How many trees.
  public int size() {
    return roots.length;
  }

  /// How many features a row needs at least.
  public int width() {
    return Arrays.stream(features).max().orElse(-1) + 1;
  }

  /// The first trees alone.
  public TreeEnsemble first(int trees) {
    return new TreeEnsemble(Arrays.copyOf(roots, trees), features, thresholds, left, right, leaves);
  }

  /// Adds what all trees say of each row.
  ///
  /// @param matrix `[rows, width]`, row-major
  /// @param sums `[rows]`
  public void add(float[] matrix, int rows, int width, double[] sums) {
    add(0, roots.length, matrix, rows, width, sums);
  }

  /// Adds what the trees `from` (inclusive) to `to` (exclusive) say of each row.
  public void add(int from, int to, float[] matrix, int rows, int width, double[] sums) {
    for (int tree = from; tree < to; tree++) {
      int root = roots[tree];
      for (int row = 0; row < rows; row++) {
        sums[row] += leaves[~leaf(root, matrix, row * width)];
      }
    }
  }

  private int leaf(int root, float[] matrix, int at) {
    int node = root;
    while (node >= 0) {
      node = matrix[at + features[node]] <= thresholds[node] ? left[node] : right[node];
    }
    return node;
  }
}
