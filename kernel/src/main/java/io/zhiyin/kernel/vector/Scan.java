package io.zhiyin.kernel.vector;

import static io.zhiyin.kernel.vector.Simd.FLOATS;
import static io.zhiyin.kernel.vector.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/// Inner products of one query with many rows. Each row's numbers are added in the order of
/// [Lines#dot], wherever the row lies.
///
/// Two rows are read side by side, so that memory is gone over nearly in order, and as many as
/// there are lanes are added up together, whose sums are one store without a mask. Four side by
/// side, as rows that are no multiple of the lanes still have it, read a million rows a sixth to a
/// third slower; eight, slower still.
final class Scan {
  /// Places of the output that adding up one vector of sums takes.
  private static final int ROOM = LANES == 16 ? 3 * LANES : LANES == 8 ? 2 * LANES : LANES;

  private Scan() {}

  static void scores(float[] query, float[] matrix, int firstRow, int rows, float[] out) {
    int size = query.length;
    int r = 0;
    if (size % LANES == 0) {
      for (; r <= rows - ROOM; r += LANES) {
        int from = (firstRow + r) * size;
        if (LANES == 4) {
          two(query, matrix, from, size, out, r, false);
          two(query, matrix, from + 2 * size, size, out, r, true);
          continue;
        }
        eight(query, matrix, from, size, out, r);
        if (LANES == 16) {
          eight(query, matrix, from + 8 * size, size, out, r + LANES);
          Folds.sixteenths(out, r);
        }
      }
    }
    for (; r <= rows - 4; r += 4) {
      four(query, matrix, (firstRow + r) * size, out, r);
    }
    for (; r < rows; r++) {
      out[r] = Lines.dot(query, 0, matrix, (firstRow + r) * size, size);
    }
  }

  /// Adds eight rows up into one vector, and uses the places of the next, which are written to
  /// later anyway, for what is half added up: a vector that a method returns becomes an object
  /// where C2 does not inline the method, and it does not always.
  private static void eight(
      float[] query, float[] matrix, int from, int size, float[] out, int to) {
    int both = 2 * size;
    two(query, matrix, from, size, out, to, false);
    two(query, matrix, from + both, size, out, to, true);
    two(query, matrix, from + 2 * both, size, out, to + LANES, false);
    two(query, matrix, from + 3 * both, size, out, to + LANES, true);
    Folds.eighths(out, to);
  }

  /// @param more whether the halves of the two rows before lie in `out`
  private static void two(
      float[] query, float[] matrix, int from, int size, float[] out, int to, boolean more) {
    int from1 = from + size;
    FloatVector sums0 = FloatVector.zero(FLOATS);
    FloatVector sums1 = sums0;
    for (int i = 0; i < size; i += LANES) {
      FloatVector q = FloatVector.fromArray(FLOATS, query, i);
      sums0 = q.fma(FloatVector.fromArray(FLOATS, matrix, from + i), sums0);
      sums1 = q.fma(FloatVector.fromArray(FLOATS, matrix, from1 + i), sums1);
    }
    FloatVector halves = Folds.halves(sums0, sums1);
    if (more) {
      halves = Folds.quarters(FloatVector.fromArray(FLOATS, out, to), halves);
      if (LANES == 4) {
        halves = Folds.inOrder(halves);
      }
    }
    halves.intoArray(out, to);
  }

  private static void four(float[] query, float[] matrix, int from, float[] out, int to) {
    int size = query.length;
    int from1 = from + size;
    int from2 = from1 + size;
    int from3 = from2 + size;
    int bound = FLOATS.loopBound(size);
    FloatVector sums0 = FloatVector.zero(FLOATS);
    FloatVector sums1 = sums0;
    FloatVector sums2 = sums0;
    FloatVector sums3 = sums0;
    for (int i = 0; i < bound; i += LANES) {
      FloatVector q = FloatVector.fromArray(FLOATS, query, i);
      sums0 = q.fma(FloatVector.fromArray(FLOATS, matrix, from + i), sums0);
      sums1 = q.fma(FloatVector.fromArray(FLOATS, matrix, from1 + i), sums1);
      sums2 = q.fma(FloatVector.fromArray(FLOATS, matrix, from2 + i), sums2);
      sums3 = q.fma(FloatVector.fromArray(FLOATS, matrix, from3 + i), sums3);
    }
    Folds.sums(sums0, sums1, sums2, sums3, out, to);
    for (int i = bound; i < size; i++) {
      out[to] = Math.fma(query[i], matrix[from + i], out[to]);
      out[to + 1] = Math.fma(query[i], matrix[from1 + i], out[to + 1]);
      out[to + 2] = Math.fma(query[i], matrix[from2 + i], out[to + 2]);
      out[to + 3] = Math.fma(query[i], matrix[from3 + i], out[to + 3]);
    }
  }
}
