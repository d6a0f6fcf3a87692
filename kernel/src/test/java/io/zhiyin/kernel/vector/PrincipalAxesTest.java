package io.zhiyin.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Principal components against a case that can be worked by hand.
class PrincipalAxesTest {
  /// Two points at ±10 along (3, 4)/5, two at ±1 across it, one in the middle: variances 40 and
  /// 0.4.
  @Test
  void findTheLongSideAndTheShortSideOfACross() {
    float[] rows = {6, 8, 0, -6, -8, 0, 0.8f, -0.6f, 0, -0.8f, 0.6f, 0, 0, 0, 0};
    PrincipalAxes axes = PrincipalAxes.of(rows, 5, 3, 2);
    float[] expected = {10, 0, -10, 0, 0, 1, 0, -1, 0, 0};
    assertArrayEquals(expected, axes.coordinates(), 1e-5f);
    assertEquals(200.0 / 202, axes.shares()[0], 1e-9);
    assertEquals(2.0 / 202, axes.shares()[1], 1e-9);
  }

  @Test
  void ofEqualVectorsAreNothing() {
    PrincipalAxes axes = PrincipalAxes.of(new float[] {1, 2, 1, 2}, 2, 2, 2);
    assertArrayEquals(new float[4], axes.coordinates());
    assertArrayEquals(new double[2], axes.shares());
  }
}
