package io.zhiyin.kernel.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TreeEnsembleTest {
  /// First tree: x0 ≤ 1 ? (x1 ≤ 0 ? 10 : 20) : 30. Second tree: always 1.
  private static final TreeEnsemble TREES =
      new TreeEnsemble(
          new int[] {0, ~3},
          new int[] {0, 1},
          new float[] {1, 0},
          new int[] {1, ~0},
          new int[] {~2, ~1},
          new float[] {10, 20, 30, 1});

  private static final float[] ROWS = {1, 0, 1, 0.5f, 1.5f, 0};

  @Test
  void sumsTheLeavesThatEachRowComesTo() {
    double[] sums = new double[3];
    TREES.add(ROWS, 3, 2, sums);
    assertArrayEquals(new double[] {11, 21, 31}, sums);
  }

  @Test
  void partsOfTheTreesAddUpToAllOfThem() {
    double[] sums = new double[3];
    TREES.add(0, 1, ROWS, 3, 2, sums);
    assertArrayEquals(new double[] {10, 20, 30}, sums);
    TREES.add(1, 2, ROWS, 3, 2, sums);
    assertArrayEquals(new double[] {11, 21, 31}, sums);
    double[] first = new double[3];
    TREES.first(1).add(ROWS, 3, 2, first);
    assertArrayEquals(new double[] {10, 20, 30}, first);
  }

  @Test
  void walksManyRowsAsOneByOne() {
    Random random = new Random(7);
    int depth = 5;
    int nodes = (1 << depth) - 1;
    int[] features = random.ints(nodes, 0, 3).toArray();
    float[] thresholds = new float[nodes];
    int[] left = new int[nodes];
    int[] right = new int[nodes];
    float[] leaves = new float[nodes + 1];
    for (int node = 0; node < nodes; node++) {
      thresholds[node] = List.of(-1f, -0f, 0f, 1f, Float.POSITIVE_INFINITY).get(random.nextInt(5));
      int child = 2 * node + 1;
      left[node] = child < nodes ? child : ~(child - nodes);
      right[node] = child + 1 < nodes ? child + 1 : ~(child + 1 - nodes);
    }
    for (int leaf = 0; leaf < leaves.length; leaf++) {
      leaves[leaf] = leaf;
    }
    TreeEnsemble trees = new TreeEnsemble(new int[] {0}, features, thresholds, left, right, leaves);
    int rows = 103;
    float[] matrix = new float[3 * rows];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = List.of(-1f, -0f, 0f, 0.5f, 1f).get(random.nextInt(5));
    }
    double[] sums = new double[rows];
    trees.add(matrix, rows, 3, sums);
    for (int row = 0; row < rows; row++) {
      int node = 0;
      while (node >= 0) {
        node = matrix[3 * row + features[node]] <= thresholds[node] ? left[node] : right[node];
      }
      assertEquals(leaves[~node], sums[row]);
    }
  }

  @Test
  void knowsHowWideARowMustBe() {
    assertEquals(2, TREES.width());
    assertEquals(2, TREES.size());
  }

  @Test
  void refusesTreesThatLeadNowhereOrInCircles() {
    assertThrows(IllegalArgumentException.class, () -> node(0, ~0));
    assertThrows(IllegalArgumentException.class, () -> node(7, ~0));
    assertThrows(IllegalArgumentException.class, () -> node(~0, ~9));
  }

  private static TreeEnsemble node(int left, int right) {
    return new TreeEnsemble(
        new int[] {0},
        new int[] {0},
        new float[] {0},
        new int[] {left},
        new int[] {right},
        new float[] {1});
  }
}
