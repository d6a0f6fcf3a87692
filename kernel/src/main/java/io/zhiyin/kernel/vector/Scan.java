package io.zhiyin.kernel.vector;

import static io.zhiyin.kernel.vector.Simd.FLOATS;
import static io.zhiyin.kernel.vector.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/// Inner products of one query with many rows. Each row's numbers are added in the order of
/// [Lines#dot], wherever the row lies.
///
/// Eight rows are read side by side and added up together without leaving the registers: the fewer
/// instructions a row takes, the more rows a processor asks memory for at once. They are two each
/// of four places that lie a quarter of all rows apart, because what a processor fetches ahead ends
/// with a page of memory: at four places that happens in turns, and the scan is faster than a plain
/// sum from front to back. Sums that are half added up are not stored and read again: where a
/// vector lies across two lines of the cache, that costs more than all the rest. With four lanes it
/// hardly costs anything, and two rows side by side, nearly in the order of memory, are read
/// fastest.
final class Scan {
  private Scan() {}

  static void scores(float[] query, float[] matrix, int firstRow, int rows, float[] out) {
    int size = query.length;
    int r = 0;
    if (size % LANES == 0) {
      if (LANES >= 8) {
        r = eights(query, matrix, firstRow * size, rows, out);
      } else {
        for (; r <= rows - 4; r += 4) {
          int from = (firstRow + r) * size;
          two(query, matrix, from, size, out, r, false);
          two(query, matrix, from + 2 * size, size, out, r, true);
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

  /// Rows by the eight: two of each quarter of them. The loop over the rows is in this method and
  /// the method is longer than what C2 takes into its callers, so that it is compiled by itself:
  /// with everything that it calls, and with masks and shuffles in registers. Within a greater
  /// whole C2 would stop taking calls in, and a vector that a call returns becomes an object.
  ///
  /// @return the rows that are done
  private static int eights(float[] query, float[] matrix, int start, int rows, float[] out) {
    int size = query.length;
    int quarter = rows / 8 * 2;
    int apart = quarter * size;
    for (int r = 0; r < quarter; r += 2) {
      int from = start + r * size;
      int from1 = from + size;
      int from2 = from + apart;
      int from3 = from1 + apart;
      int from4 = from2 + apart;
      int from5 = from3 + apart;
      int from6 = from4 + apart;
      int from7 = from5 + apart;
      FloatVector sums0 = FloatVector.zero(FLOATS);
      FloatVector sums1 = sums0;
      FloatVector sums2 = sums0;
      FloatVector sums3 = sums0;
      FloatVector sums4 = sums0;
      FloatVector sums5 = sums0;
      FloatVector sums6 = sums0;
      FloatVector sums7 = sums0;
      for (int i = 0; i < size; i += LANES) {
        FloatVector q = FloatVector.fromArray(FLOATS, query, i);
        sums0 = q.fma(FloatVector.fromArray(FLOATS, matrix, from + i), sums0);
        sums1 = q.fma(FloatVector.fromArray(FLOATS, matrix, from1 + i), sums1);
        sums2 = q.fma(FloatVector.fromArray(FLOATS, matrix, from2 + i), sums2);
        sums3 = q.fma(FloatVector.fromArray(FLOATS, matrix, from3 + i), sums3);
        sums4 = q.fma(FloatVector.fromArray(FLOATS, matrix, from4 + i), sums4);
        sums5 = q.fma(FloatVector.fromArray(FLOATS, matrix, from5 + i), sums5);
        sums6 = q.fma(FloatVector.fromArray(FLOATS, matrix, from6 + i), sums6);
        sums7 = q.fma(FloatVector.fromArray(FLOATS, matrix, from7 + i), sums7);
      }
      FloatVector sums =
          Folds.eighths(
              Folds.quarters(Folds.halves(sums0, sums1), Folds.halves(sums2, sums3)),
              Folds.quarters(Folds.halves(sums4, sums5), Folds.halves(sums6, sums7)));
      Folds.twosInto(sums, out, r, quarter);
    }
    return 4 * quarter;
  }

  /// Two rows of four, whose sums lie in `out` half added up until the other two come.
  ///
  /// @param more whether those of the two rows before lie there
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
      halves = Folds.inOrder(Folds.quarters(FloatVector.fromArray(FLOATS, out, to), halves));
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
