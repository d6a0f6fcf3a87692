package io.zhiyin.engine.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FeatureSumsTest {
  @Test
  void addUpWhateverRoomWasExpected() {
    for (int expected : new int[] {0, 8, 9, 5_000}) {
      FeatureSums sums = new FeatureSums().expect(expected);
      for (int row = 0; row < 1_000; row++) {
        sums.add(row, 1);
        sums.add(row, row);
      }
      assertEquals(500, sums.get(499));
      assertEquals(0, sums.get(1_000));
      assertEquals(1_000, sums.vector().size());
    }
  }

  @Test
  void sayNothingOfBeforeOnceTheyAreUsedAgain() {
    FeatureSums sums = new FeatureSums();
    for (int before : new int[] {900, 3, 100_000, 40}) { // the largest are not kept
      for (int row = 0; row < before; row++) {
        sums.add(row, 1);
      }
      sums.clear();
      assertEquals(0, sums.vector().size());
      sums.expect(1).add(5, 0.5f);
      assertEquals(0, sums.get(2));
      assertArrayEquals(new int[] {5}, sums.vector().rows());
      sums.clear();
    }
  }
}
