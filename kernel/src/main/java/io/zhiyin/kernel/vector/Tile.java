package io.zhiyin.kernel.vector;

import static io.zhiyin.kernel.vector.Simd.FLOATS;
import static io.zhiyin.kernel.vector.Simd.LANES;
import static io.zhiyin.kernel.vector.Simd.PANEL;

import jdk.incubator.vector.FloatVector;

/// The innermost matrix kernels: c = init + a · b for some rows of a and one panel of b. What a row
/// comes to does not depend on the rows beside it.
///
/// Each is a method of its own with no more accumulators than the processor has registers for;
/// larger tiles, or two tiles in one method, make C2 put vectors on the stack or the heap. The
/// distance between rows of b is a constant because C2 hoists the checks of bounds only then.
final class Tile {
  /// Rows of the lower tile: 6 rows × 2 vectors = 12 accumulators, 2 for b and 1 for a of 16
  /// registers.
  private static final int LOW = 6;

  /// Rows of the higher tile, for processors whose vectors have 16 lanes: those have 32 registers.
  /// Of these 23 are used; twelve rows are slower, and make more to compute twice of 50 rows.
  private static final int HIGH = 10;

  /// The most rows of a tile.
  static final int ROWS = LANES >= 16 ? HIGH : LOW;

  private Tile() {}

  /// Rows of the highest tile that fits into so many; 1 where none does.
  static int rows(int available) {
    if (available >= ROWS) {
      return ROWS;
    }
    return available >= LOW ? LOW : 1;
  }

  /// A tile of so many [rows][#rows], more than 1. Shapes: a `[rows, depth]` and c `[rows, PANEL]`
  /// with a stride between rows, b `[depth, PANEL]`, init `[PANEL]`.
  static void full(
      int rows,
      float[] a,
      int aFrom,
      int aStride,
      float[] b,
      int bFrom,
      int depth,
      float[] init,
      int initFrom,
      float[] c,
      int cFrom,
      int cStride) {
    if (rows == HIGH) {
      high(a, aFrom, aStride, b, bFrom, depth, init, initFrom, c, cFrom, cStride);
    } else {
      low(a, aFrom, aStride, b, bFrom, depth, init, initFrom, c, cFrom, cStride);
    }
  }

  private static void low(
      float[] a,
      int aFrom,
      int aStride,
      float[] b,
      int bFrom,
      int depth,
      float[] init,
      int initFrom,
      float[] c,
      int cFrom,
      int cStride) {
    int a1 = aFrom + aStride;
    int a2 = a1 + aStride;
    int a3 = a2 + aStride;
    int a4 = a3 + aStride;
    int a5 = a4 + aStride;
    FloatVector c00 = FloatVector.fromArray(FLOATS, init, initFrom);
    FloatVector c01 = FloatVector.fromArray(FLOATS, init, initFrom + LANES);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c20 = c00;
    FloatVector c21 = c01;
    FloatVector c30 = c00;
    FloatVector c31 = c01;
    FloatVector c40 = c00;
    FloatVector c41 = c01;
    FloatVector c50 = c00;
    FloatVector c51 = c01;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, bFrom + k * PANEL);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, bFrom + k * PANEL + LANES);
      FloatVector row = FloatVector.broadcast(FLOATS, a[aFrom + k]);
      c00 = row.fma(b0, c00);
      c01 = row.fma(b1, c01);
      row = FloatVector.broadcast(FLOATS, a[a1 + k]);
      c10 = row.fma(b0, c10);
      c11 = row.fma(b1, c11);
      row = FloatVector.broadcast(FLOATS, a[a2 + k]);
      c20 = row.fma(b0, c20);
      c21 = row.fma(b1, c21);
      row = FloatVector.broadcast(FLOATS, a[a3 + k]);
      c30 = row.fma(b0, c30);
      c31 = row.fma(b1, c31);
      row = FloatVector.broadcast(FLOATS, a[a4 + k]);
      c40 = row.fma(b0, c40);
      c41 = row.fma(b1, c41);
      row = FloatVector.broadcast(FLOATS, a[a5 + k]);
      c50 = row.fma(b0, c50);
      c51 = row.fma(b1, c51);
    }
    c00.intoArray(c, cFrom);
    c01.intoArray(c, cFrom + LANES);
    c10.intoArray(c, cFrom + 1 * cStride);
    c11.intoArray(c, cFrom + 1 * cStride + LANES);
    c20.intoArray(c, cFrom + 2 * cStride);
    c21.intoArray(c, cFrom + 2 * cStride + LANES);
    c30.intoArray(c, cFrom + 3 * cStride);
    c31.intoArray(c, cFrom + 3 * cStride + LANES);
    c40.intoArray(c, cFrom + 4 * cStride);
    c41.intoArray(c, cFrom + 4 * cStride + LANES);
    c50.intoArray(c, cFrom + 5 * cStride);
    c51.intoArray(c, cFrom + 5 * cStride + LANES);
  }

  private static void high(
      float[] a,
      int aFrom,
      int aStride,
      float[] b,
      int bFrom,
      int depth,
      float[] init,
      int initFrom,
      float[] c,
      int cFrom,
      int cStride) {
    int a1 = aFrom + aStride;
    int a2 = a1 + aStride;
    int a3 = a2 + aStride;
    int a4 = a3 + aStride;
    int a5 = a4 + aStride;
    int a6 = a5 + aStride;
    int a7 = a6 + aStride;
    int a8 = a7 + aStride;
    int a9 = a8 + aStride;
    FloatVector c00 = FloatVector.fromArray(FLOATS, init, initFrom);
    FloatVector c01 = FloatVector.fromArray(FLOATS, init, initFrom + LANES);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    FloatVector c20 = c00;
    FloatVector c21 = c01;
    FloatVector c30 = c00;
    FloatVector c31 = c01;
    FloatVector c40 = c00;
    FloatVector c41 = c01;
    FloatVector c50 = c00;
    FloatVector c51 = c01;
    FloatVector c60 = c00;
    FloatVector c61 = c01;
    FloatVector c70 = c00;
    FloatVector c71 = c01;
    FloatVector c80 = c00;
    FloatVector c81 = c01;
    FloatVector c90 = c00;
    FloatVector c91 = c01;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, bFrom + k * PANEL);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, bFrom + k * PANEL + LANES);
      FloatVector row = FloatVector.broadcast(FLOATS, a[aFrom + k]);
      c00 = row.fma(b0, c00);
      c01 = row.fma(b1, c01);
      row = FloatVector.broadcast(FLOATS, a[a1 + k]);
      c10 = row.fma(b0, c10);
      c11 = row.fma(b1, c11);
      row = FloatVector.broadcast(FLOATS, a[a2 + k]);
      c20 = row.fma(b0, c20);
      c21 = row.fma(b1, c21);
      row = FloatVector.broadcast(FLOATS, a[a3 + k]);
      c30 = row.fma(b0, c30);
      c31 = row.fma(b1, c31);
      row = FloatVector.broadcast(FLOATS, a[a4 + k]);
      c40 = row.fma(b0, c40);
      c41 = row.fma(b1, c41);
      row = FloatVector.broadcast(FLOATS, a[a5 + k]);
      c50 = row.fma(b0, c50);
      c51 = row.fma(b1, c51);
      row = FloatVector.broadcast(FLOATS, a[a6 + k]);
      c60 = row.fma(b0, c60);
      c61 = row.fma(b1, c61);
      row = FloatVector.broadcast(FLOATS, a[a7 + k]);
      c70 = row.fma(b0, c70);
      c71 = row.fma(b1, c71);
      row = FloatVector.broadcast(FLOATS, a[a8 + k]);
      c80 = row.fma(b0, c80);
      c81 = row.fma(b1, c81);
      row = FloatVector.broadcast(FLOATS, a[a9 + k]);
      c90 = row.fma(b0, c90);
      c91 = row.fma(b1, c91);
    }
    c00.intoArray(c, cFrom);
    c01.intoArray(c, cFrom + LANES);
    c10.intoArray(c, cFrom + 1 * cStride);
    c11.intoArray(c, cFrom + 1 * cStride + LANES);
    c20.intoArray(c, cFrom + 2 * cStride);
    c21.intoArray(c, cFrom + 2 * cStride + LANES);
    c30.intoArray(c, cFrom + 3 * cStride);
    c31.intoArray(c, cFrom + 3 * cStride + LANES);
    c40.intoArray(c, cFrom + 4 * cStride);
    c41.intoArray(c, cFrom + 4 * cStride + LANES);
    c50.intoArray(c, cFrom + 5 * cStride);
    c51.intoArray(c, cFrom + 5 * cStride + LANES);
    c60.intoArray(c, cFrom + 6 * cStride);
    c61.intoArray(c, cFrom + 6 * cStride + LANES);
    c70.intoArray(c, cFrom + 7 * cStride);
    c71.intoArray(c, cFrom + 7 * cStride + LANES);
    c80.intoArray(c, cFrom + 8 * cStride);
    c81.intoArray(c, cFrom + 8 * cStride + LANES);
    c90.intoArray(c, cFrom + 9 * cStride);
    c91.intoArray(c, cFrom + 9 * cStride + LANES);
  }

  /// The same for a single row.
  static void one(
      float[] a,
      int aFrom,
      float[] b,
      int bFrom,
      int depth,
      float[] init,
      int initFrom,
      float[] c,
      int cFrom) {
    FloatVector c0 = FloatVector.fromArray(FLOATS, init, initFrom);
    FloatVector c1 = FloatVector.fromArray(FLOATS, init, initFrom + LANES);
    for (int k = 0; k < depth; k++) {
      FloatVector row = FloatVector.broadcast(FLOATS, a[aFrom + k]);
      c0 = row.fma(FloatVector.fromArray(FLOATS, b, bFrom + k * PANEL), c0);
      c1 = row.fma(FloatVector.fromArray(FLOATS, b, bFrom + k * PANEL + LANES), c1);
    }
    c0.intoArray(c, cFrom);
    c1.intoArray(c, cFrom + LANES);
  }
}
