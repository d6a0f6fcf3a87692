package io.zhiyin.kernel.vector;

import static io.zhiyin.kernel.vector.Simd.FLOATS;
import static io.zhiyin.kernel.vector.Simd.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/// Sums over the lanes of vectors, always in the same order. `reduceLanes` adds in one order while
/// it is interpreted and in another once it is compiled, and the same pass would not repeat to the
/// bit.
final class Folds {
  /// Each lane and the one half of all lanes away, a quarter, and so on; single fields, because
  /// only those are constants to the compiler.
  private static final VectorShuffle<Float> ACROSS_HALF = across(2);

  private static final VectorShuffle<Float> ACROSS_QUARTER = across(4);
  private static final VectorShuffle<Float> ACROSS_EIGHTH = across(8);
  private static final VectorShuffle<Float> ACROSS_SIXTEENTH = across(16);

  private static final VectorMask<Float> SECOND_HALF = odd(2);
  private static final VectorMask<Float> ODD_QUARTERS = odd(4);
  private static final VectorMask<Float> ODD_EIGHTHS = odd(8);

  /// The first lane of each quarter, to the front.
  private static final VectorShuffle<Float> QUARTERS =
      VectorShuffle.fromOp(FLOATS, lane -> lane * (LANES / 4) % LANES);

  /// Four lanes of [#quarters] in the order of the vectors: those of the two halves change places.
  private static final VectorShuffle<Float> FOURTHS =
      VectorShuffle.fromOp(FLOATS, lane -> Integer.reverse(lane) >>> 30);

  /// The first lane of each eighth, to the front, in the order of the vectors that were folded: the
  /// bits of vector `4e + 2q + h`, which ends in half `h`, quarter `q`, eighth `e`, backwards.
  private static final VectorShuffle<Float> EIGHTHS =
      VectorShuffle.fromOp(FLOATS, lane -> (Integer.reverse(lane) >>> 29) * LANES / 8);

  private static final VectorMask<Float> FIRST_FOUR = FLOATS.indexInRange(0, 4);
  private static final VectorMask<Float> FIRST_TWO = FLOATS.indexInRange(0, 2);

  private static final VectorShuffle<Float> SECOND_TWO = fromLane(2);
  private static final VectorShuffle<Float> THIRD_TWO = fromLane(4);
  private static final VectorShuffle<Float> FOURTH_TWO = fromLane(6);

  private Folds() {}

  private static VectorShuffle<Float> across(int part) {
    return VectorShuffle.fromOp(FLOATS, lane -> lane ^ (LANES / part));
  }

  private static VectorShuffle<Float> fromLane(int first) {
    return VectorShuffle.fromOp(FLOATS, lane -> (first + lane) % LANES);
  }

  private static VectorMask<Float> odd(int parts) {
    boolean[] odd = new boolean[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      odd[lane] = lane * parts / LANES % 2 == 1;
    }
    return VectorMask.fromArray(FLOATS, odd, 0);
  }

  /// In one method, as calls within calls are not inlined beyond a depth, and then allocate.
  static float sum(FloatVector x) {
    FloatVector sums = x.add(x.rearrange(ACROSS_HALF));
    sums = sums.add(sums.rearrange(ACROSS_QUARTER));
    if (LANES >= 8) {
      sums = sums.add(sums.rearrange(ACROSS_EIGHTH));
    }
    if (LANES >= 16) {
      sums = sums.add(sums.rearrange(ACROSS_SIXTEENTH));
    }
    return sums.lane(0);
  }

  /// out[to] = the sum of a, out[to + 1] = that of b, and so on: half of the additions that four
  /// sums one by one would take.
  static void sums(
      FloatVector a, FloatVector b, FloatVector c, FloatVector d, float[] out, int to) {
    FloatVector sums = quarters(halves(a, c), halves(b, d));
    if (LANES >= 8) {
      sums = sums.add(sums.rearrange(ACROSS_EIGHTH));
    }
    if (LANES >= 16) {
      sums = sums.add(sums.rearrange(ACROSS_SIXTEENTH));
    }
    if (LANES == 4) {
      sums.intoArray(out, to);
    } else {
      sums.rearrange(QUARTERS).intoArray(out, to, FIRST_FOUR);
    }
  }

  /// Two vectors added up as far as half of the lanes: those of a, then those of b.
  static FloatVector halves(FloatVector a, FloatVector b) {
    return a.blend(b, SECOND_HALF).add(b.blend(a, SECOND_HALF).rearrange(ACROSS_HALF));
  }

  /// Two of [#halves] added up as far as quarters: a's first, b's first, a's second, b's second.
  static FloatVector quarters(FloatVector a, FloatVector b) {
    return a.blend(b, ODD_QUARTERS).add(b.blend(a, ODD_QUARTERS).rearrange(ACROSS_QUARTER));
  }

  /// Of four lanes: [#quarters], which are sums then, in the order of the vectors.
  static FloatVector inOrder(FloatVector sums) {
    return sums.rearrange(FOURTHS);
  }

  /// Two of [#quarters] added up as far as eighths and to the end: the sums of eight vectors, in
  /// their order, in the lanes in front.
  static FloatVector eighths(FloatVector a, FloatVector b) {
    FloatVector sums =
        a.blend(b, ODD_EIGHTHS).add(b.blend(a, ODD_EIGHTHS).rearrange(ACROSS_EIGHTH));
    if (LANES >= 16) {
      sums = sums.add(sums.rearrange(ACROSS_SIXTEENTH));
    }
    return sums.rearrange(EIGHTHS);
  }

  /// Of eight or more lanes the first eight, by twos: to out[to], out[to + apart] and so on.
  static void twosInto(FloatVector sums, float[] out, int to, int apart) {
    sums.intoArray(out, to, FIRST_TWO);
    sums.rearrange(SECOND_TWO).intoArray(out, to + apart, FIRST_TWO);
    sums.rearrange(THIRD_TWO).intoArray(out, to + 2 * apart, FIRST_TWO);
    sums.rearrange(FOURTH_TWO).intoArray(out, to + 3 * apart, FIRST_TWO);
  }
}
