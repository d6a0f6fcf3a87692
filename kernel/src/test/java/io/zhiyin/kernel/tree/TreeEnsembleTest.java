package io.zhiyin.kernel.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhiyin.kernel.vector.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /// Grown at random, so that most are lopsided; some are single leaves.
  private static TreeEnsemble grown(int trees, int mostLeaves, Random random) {
    List<Integer> roots = new ArrayList<>();
    List<Integer> features = new ArrayList<>();
    List<Float> thresholds = new ArrayList<>();
    List<Integer> left = new ArrayList<>();
    List<Integer> right = new ArrayList<>();
    List<Float> leaves = new ArrayList<>();
    class Grower {
      int grow(int room) {
        if (room == 1) {
          leaves.add((float) random.nextGaussian());
          return ~(leaves.size() - 1);
        }
        int node = features.size();
        features.add(random.nextInt(3));
        thresholds.add(List.of(-1f, -0f, 0f, 0.5f, Float.POSITIVE_INFINITY).get(random.nextInt(5)));
        left.add(0);
        right.add(0);
        int onTheLeft = 1 + random.nextInt(room - 1);
        left.set(node, grow(onTheLeft));
        right.set(node, grow(room - onTheLeft));
        return node;
      }
    }
    Grower grower = new Grower();
    for (int tree = 0; tree < trees; tree++) {
      roots.add(grower.grow(1 + random.nextInt(mostLeaves)));
    }
    return new TreeEnsemble(
        ints(roots), ints(features), floats(thresholds), ints(left), ints(right), floats(leaves));
  }

  private static float[] floats(List<Float> list) {
    float[] array = new float[list.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = list.get(i);
    }
    return array;
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 32, 33, 100})
  void asksAsItWalksHoweverManyLeavesATreeHas(int leaves) {
    Random random = new Random(leaves);
    TreeEnsemble trees = grown(40, leaves, random);
    for (int rows : new int[] {0, 1, 3, 16, 33, 160}) {
      float[] matrix = new float[3 * rows];
      for (int i = 0; i < matrix.length; i++) {
        matrix[i] = List.of(-1f, -0f, 0f, 0.5f, 1f).get(random.nextInt(5));
      }
      double[] walked = new double[rows];
      double[] asked = new double[rows];
      trees.walk(3, 40, matrix, rows, 3, walked);
      trees.add(3, 40, matrix, rows, 3, asked);
      assertArrayEquals(walked, asked);
      double[] byScalar = new double[rows];
      trees.ask(Kernels.scalar(), 3, 40, matrix, rows, 3, byScalar);
      assertArrayEquals(walked, byScalar);
    }
  }

  @Test
  void aChainTooDeepForMasksIsWalked() {
    int nodes = 20_000;
    int[] right = new int[nodes];
    int[] left = new int[nodes];
    for (int node = 0; node < nodes; node++) {
      left[node] = node + 1 < nodes ? node + 1 : ~0;
      right[node] = ~1;
    }
    TreeEnsemble chain =
        new TreeEnsemble(
            new int[] {0}, new int[nodes], new float[nodes], left, right, new float[] {5, 7});
    double[] sums = new double[2];
    chain.add(new float[] {-1, 1}, 2, 1, sums);
    assertArrayEquals(new double[] {5, 7}, sums);
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
