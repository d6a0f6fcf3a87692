package io.zhiyin.engine.recall;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ItemSumsTest {
  private final ItemSums sums = new ItemSums();

  @Test
  @DisplayName("Items from all over have their own sums, in whatever order they come")
  void allOver() {
    int[] items = {3_000_000, 0, 1023, 1024, 65_535, 65_536, 200_000, 131_071};
    for (int round = 1; round <= 2; round++) {
      for (int item : items) {
        sums.add(item, item + 0.5);
      }
    }
    for (int item : items) {
      assertEquals(2 * item + 1, sums.sum(item), "item " + item);
    }
    assertEquals(0, sums.sum(1));
    assertEquals(0, sums.sum(70_000));
    assertEquals(0, sums.sum(3_000_001));
    assertEquals(3_000_001, sums.bound());
  }

  @Test
  @DisplayName(
      "What is made of them ends with the last item, and of those in between it is of none")
  void map() {
    sums.add(2, 3);
    sums.add(4, 1);
    assertArrayEquals(new double[] {-1, -1, 2, -1, 0}, sums.map(sum -> sum - 1));
    assertEquals(0, new ItemSums().map(sum -> sum).length);
  }
}
