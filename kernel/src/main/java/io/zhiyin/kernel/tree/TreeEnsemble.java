package io.zhiyin.kernel.tree;

import io.zhiyin.kernel.vector.Kernels;
import io.zhiyin.kernel.vector.LeafMasks;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A sum of regression trees over rows of features, as gradient boosting learns them ([Friedman
/// 2001](https://doi.org/10.1214/aos/1013203451)).
///
/// Which way a row goes is a coin toss to the processor, and a wrong guess costs more than a step;
/// so nothing branches on what rows hold. Small trees are asked all their questions, for as many
/// rows at once as vectors hold ([LeafMasks]). Larger ones, and all where there are no vectors, are
/// walked one after the other over all rows, so that a tree's few nodes stay in the nearest cache,
/// by four rows side by side. Both come to the same leaves and add them in the same order. Room for
/// one block of rows is all that is allocated. Immutable: the arrays are not copied and must not be
/// changed.
public final class TreeEnsemble {
  private final int[] roots;
  private final int[] features;
  private final float[] thresholds;
  private final int[] left;
  private final int[] right;
  private final float[] leaves;

  // the same once more as it is walked: after the N nodes the M leaves, as nodes that lead to
  // themselves, so that a row that has arrived may go on stepping
  private final int[] starts;
  private final int[] asks;
  private final float[] bars;
  private final int[] next;

  private final @Nullable LeafMasks masks;

  /// @param roots `[T]`: the first node of each tree, or `~leaf` for a tree that is a single leaf
  /// @param features `[N]`: which feature a node asks
  /// @param thresholds `[N]`: a row goes left where its feature is at most this
  /// @param left `[N]`: the node on the left, or `~leaf`
  /// @param right `[N]`: the node on the right, or `~leaf`
  /// @param leaves `[M]`: what each leaf adds
  /// @throws IllegalArgumentException when a reference leads nowhere or could go in circles
  public TreeEnsemble(
      int[] roots, int[] features, float[] thresholds, int[] left, int[] right, float[] leaves) {
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
    this.roots = roots;
    this.features = features;
    this.thresholds = thresholds;
    this.left = left;
    this.right = right;
    this.leaves = leaves;
    starts = new int[roots.length];
    Arrays.setAll(starts, tree -> place(roots[tree], nodes));
    asks = Arrays.copyOf(features, nodes + leaves.length);
    bars = Arrays.copyOf(thresholds, nodes + leaves.length);
    next = new int[2 * (nodes + leaves.length)];
    for (int node = 0; node < nodes; node++) {
      bars[node] += 0f; // not -0, whose difference to 0 would point right
      next[2 * node] = place(left[node], nodes);
      next[2 * node + 1] = place(right[node], nodes);
    }
    for (int leaf = nodes; leaf < nodes + leaves.length; leaf++) {
      next[2 * leaf] = leaf;
      next[2 * leaf + 1] = leaf;
    }
    masks = Masking.of(roots, features, thresholds, left, right, leaves);
  }

  private static int place(int reference, int nodes) {
    return reference >= 0 ? reference : nodes + ~reference;
  }

  public int[] roots() {
    return roots;
  }

  public int[] features() {
    return features;
  }

  public float[] thresholds() {
    return thresholds;
  }

  public int[] left() {
    return left;
  }

  public int[] right() {
    return right;
  }

  public float[] leaves() {
    return leaves;
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
  ///
  /// @param matrix `[rows, width]`, row-major; finite
  public void add(int from, int to, float[] matrix, int rows, int width, double[] sums) {
    Kernels kernels = Kernels.active();
    if (kernels.treeRows() > 1) {
      ask(kernels, from, to, matrix, rows, width, sums);
    } else {
      walk(from, to, matrix, rows, width, sums);
    }
  }

  /// What [#add] does with vectors, where no tree is too large for it.
  void ask(Kernels kernels, int from, int to, float[] matrix, int rows, int width, double[] sums) {
    if (masks == null) {
      walk(from, to, matrix, rows, width, sums);
      return;
    }
    int side = kernels.treeRows();
    float[] columns = new float[width * side];
    int[] left = new int[side];
    for (int first = 0; first < rows; first += side) {
      int count = Math.min(side, rows - first);
      for (int r = 0; r < count; r++) {
        int row = (first + r) * width;
        for (int feature = 0; feature < width; feature++) {
          columns[feature * side + r] = matrix[row + feature];
        }
      }
      kernels.trees(masks, from, to, columns, left, sums, first, count);
    }
  }

  /// What [#add] does, without vectors.
  void walk(int from, int to, float[] matrix, int rows, int width, double[] sums) {
    int nodes = features.length;
    for (int tree = from; tree < to; tree++) {
      int start = starts[tree];
      int row = 0;
      for (; row + 4 <= rows; row += 4) {
        int at = row * width;
        int a = start;
        int b = start;
        int c = start;
        int d = start;
        while (Math.min(Math.min(a, b), Math.min(c, d)) < nodes) {
          a = step(a, matrix, at);
          b = step(b, matrix, at + width);
          c = step(c, matrix, at + 2 * width);
          d = step(d, matrix, at + 3 * width);
        }
        sums[row] += leaves[a - nodes];
        sums[row + 1] += leaves[b - nodes];
        sums[row + 2] += leaves[c - nodes];
        sums[row + 3] += leaves[d - nodes];
      }
      for (; row < rows; row++) {
        int node = start;
        while (node < nodes) {
          node = step(node, matrix, row * width);
        }
        sums[row] += leaves[node - nodes];
      }
    }
  }

  /// To the left where the feature is at most the threshold: where their difference has no sign.
  private int step(int node, float[] matrix, int at) {
    float difference = bars[node] - matrix[at + asks[node]];
    return next[2 * node + (Float.floatToRawIntBits(difference) >>> 31)];
  }
}
