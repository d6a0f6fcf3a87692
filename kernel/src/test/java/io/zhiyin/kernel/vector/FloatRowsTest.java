package io.zhiyin.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FloatRowsTest {
  /// Five rows of two numbers, the row's number and its square, in blocks of two.
  private final FloatRows five = new FloatRows(2, 5, 2);

  FloatRowsTest() {
    for (int row = 0; row < 5; row++) {
      set(five, row, row, row * row);
    }
  }

  private static void set(FloatRows rows, int row, float first, float second) {
    rows.set(row, new float[] {first, second}, 0);
  }

  private static BitSet only(int row) {
    BitSet only = new BitSet();
    only.set(row);
    return only;
  }

  @Test
  @DisplayName("Rows lie together as far as their block goes, and the last block has what is left")
  void blocks() {
    for (int row = 0; row < 5; row++) {
      assertArrayEquals(new float[] {row, row * row}, five.get(row));
    }
    assertEquals(2, five.together(2));
    assertEquals(1, five.together(3));
    assertEquals(1, five.together(4));
    assertEquals(2, five.block(4).length);
  }

  @Test
  @DisplayName("More room keeps the rows, and full blocks are shared")
  void moreRoom() {
    FloatRows eight = five.withCapacity(8);
    assertEquals(8, eight.capacity());
    for (int row = 0; row < 5; row++) {
      assertTrue(eight.isSame(row, five), "row " + row);
    }
    assertSame(five.block(2), eight.block(2));
    assertNotSame(five.block(4), eight.block(4));
    set(eight, 7, 7, 49);
    assertArrayEquals(new float[] {7, 49}, eight.get(7));
    assertSame(five, five.withCapacity(5));
  }

  @Test
  @DisplayName("A row written apart is seen there alone, and other blocks are shared")
  void apart() {
    FloatRows own = five.apart(only(3));
    set(own, 3, -1, -1);
    assertArrayEquals(new float[] {3, 9}, five.get(3));
    assertArrayEquals(new float[] {-1, -1}, own.get(3));
    assertFalse(own.isSame(3, five));
    assertTrue(own.isSame(2, five));
    assertSame(five.block(4), own.block(4));
  }

  @Test
  @DisplayName("A matrix is taken as it is, in one block, and may grow by more")
  void matrix() {
    float[] matrix = {1, 2, 3, 4, 5, 6};
    FloatRows rows = FloatRows.of(3, matrix);
    assertSame(matrix, rows.block(1));
    assertEquals(2, rows.together(0));
    assertArrayEquals(new float[] {4, 5, 6}, rows.withCapacity(5).get(1));
    assertArrayEquals(new float[3], rows.withCapacity(5).get(4));
    assertEquals(0, FloatRows.of(3, new float[0]).capacity());
    assertThrows(IllegalArgumentException.class, () -> FloatRows.of(4, matrix));
    assertThrows(IllegalArgumentException.class, () -> new FloatRows(0, 1));
  }

  @Test
  @DisplayName("A block with its head fits in four mebibytes, and no row is cut")
  void size() {
    for (int size : new int[] {1, 3, 64, 1000}) {
      FloatRows rows = new FloatRows(size, 1_100_000 / size);
      assertTrue(rows.block(0).length * 4L + 16 <= 4 << 20, "size " + size);
      assertEquals(0, rows.block(0).length % size);
    }
  }
}
