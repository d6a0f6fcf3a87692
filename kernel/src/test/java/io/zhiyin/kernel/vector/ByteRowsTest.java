package io.zhiyin.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ByteRowsTest {
  private static final int PANEL = ByteRows.panel();

  /// Three panels and a row of two numbers, in blocks of two panels.
  private final ByteRows rows = new ByteRows(2, 3 * PANEL + 1, 2 * PANEL);

  ByteRowsTest() {
    for (int row = 0; row <= 3 * PANEL; row++) {
      rows.set(row, new float[] {row, -row}, 0);
    }
  }

  private static float[] scores(ByteRows rows, int first, int count) {
    float[] scores = new float[count + PANEL];
    Kernels.active()
        .scores(new ByteQuery(rows).set(new float[] {1, 0}), rows, first, count, scores);
    return scores;
  }

  @Test
  @DisplayName("Each block is scored by itself and together they are all rows")
  void blocks() {
    assertEquals(2 * PANEL, rows.together(0));
    assertEquals(PANEL, rows.together(PANEL));
    assertEquals(4 * PANEL, rows.capacity());
    int seen = 0;
    for (int first = 0; first < rows.capacity(); first += rows.together(first)) {
      float[] scores = scores(rows, first, rows.together(first));
      for (int i = 0; i < rows.together(first) && first + i <= 3 * PANEL; i++) {
        assertEquals(first + i, scores[i], 1e-3 * (first + i));
        seen++;
      }
    }
    assertEquals(3 * PANEL + 1, seen);
  }

  @Test
  @DisplayName("More room keeps the rows, in full blocks and in the last one")
  void moreRoom() {
    ByteRows more = rows.withCapacity(9 * PANEL);
    IntStream.rangeClosed(0, 3 * PANEL)
        .forEach(row -> assertArrayEquals(rows.get(row), more.get(row)));
    more.set(9 * PANEL - 1, new float[] {5, 5}, 0);
    assertEquals(5, more.get(9 * PANEL - 1)[0], 1e-5);
  }

  @Test
  @DisplayName("A row set apart is seen there alone")
  void apart() {
    BitSet one = new BitSet();
    one.set(2 * PANEL + 1);
    ByteRows own = rows.apart(one);
    own.set(2 * PANEL + 1, new float[] {0, 9}, 0);
    assertEquals(2 * PANEL + 1, rows.get(2 * PANEL + 1)[0], 1e-3);
    assertEquals(9, own.get(2 * PANEL + 1)[1], 1e-5);
    assertArrayEquals(rows.get(2 * PANEL), own.get(2 * PANEL));
  }

  @Test
  @DisplayName("There are no rows of no numbers, and not fewer than none")
  void refused() {
    assertThrows(IllegalArgumentException.class, () -> new ByteRows(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new ByteRows(4, -1));
  }
}
