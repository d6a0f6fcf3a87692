package io.zhiyin.kernel.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
