package io.zhiyin.kernel.vector;

import static io.zhiyin.kernel.vector.Simd.FLOATS;
import static io.zhiyin.kernel.vector.Simd.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Softmax with an exponential of its own, since a call per vector into a math library costs more
/// than the ten instructions it takes.
///
/// exp(x) = 2ⁿ · p(r) with n = round(x · log₂e) and r = x − n · ln 2 in [−½ ln 2, ½ ln 2]; p is the
/// Taylor polynomial to the sixth degree, off by at most 2 units in the last place there. n comes
/// from adding 1.5 · 2²³, which leaves it in the low bits of the float, ready to be added to an
/// exponent.
final class Softmax {
  private static final float LOG2_E = (float) (1 / Math.log(2));
  private static final float ROUND = 12582912f;
  private static final float LN2_HIGH = 355f / 512;
  private static final float LN2_LOW = (float) (Math.log(2) - 355.0 / 512);

  /// exp of anything below is taken as 0; of this it is about 1e-38, the least normal float.
  private static final float LOWEST = -87f;

  private static final float C2 = 0.5f;
  private static final float C3 = 1f / 6;
  private static final float C4 = 1f / 24;
  private static final float C5 = 1f / 120;
  private static final float C6 = 1f / 720;

  private static final FloatVector INDEX = FloatVector.zero(FLOATS).addIndex(1);
  private static final FloatVector LOWEST_VALUES =
      FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);

  private Softmax() {}

  static void inPlace(float[] x, int from, int length, float scale) {
    float max = max(x, from, length);
    int bound = from + FLOATS.loopBound(length);
    for (int i = from; i < bound; i += LANES) {
      exp(FloatVector.fromArray(FLOATS, x, i).sub(max).mul(scale)).intoArray(x, i);
    }
    for (int i = bound; i < from + length; i++) {
      x[i] = exp((x[i] - max) * scale);
    }
    float inverse = 1 / sum(x, from, from + length);
    for (int i = from; i < bound; i += LANES) {
      FloatVector.fromArray(FLOATS, x, i).mul(inverse).intoArray(x, i);
    }
    for (int i = bound; i < from + length; i++) {
      x[i] *= inverse;
    }
  }

  /// The same where the array has room for whole vectors up to `end`: numbers from `length` to
  /// there become zero. Rows of one `end` take the same number of steps, which the processor
  /// foresees.
  static void padded(float[] x, int from, int length, int end, float scale) {
    int bound = (end + LANES - 1) / LANES * LANES;
    FloatVector maxima = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector value = FloatVector.fromArray(FLOATS, x, from + i);
      VectorMask<Float> seen = INDEX.compare(VectorOperators.LT, (float) (length - i));
      FloatVector kept = LOWEST_VALUES.blend(value, seen);
      kept.intoArray(x, from + i);
      maxima = maxima.blend(kept, kept.compare(VectorOperators.GT, maxima));
    }
    float max = maxima.reduceLanes(VectorOperators.MAX);
    for (int i = 0; i < bound; i += LANES) {
      exp(FloatVector.fromArray(FLOATS, x, from + i).sub(max).mul(scale)).intoArray(x, from + i);
    }
    float inverse = 1 / sum(x, from, from + bound);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector.fromArray(FLOATS, x, from + i).mul(inverse).intoArray(x, from + i);
    }
  }

  /// One by one, four side by side: with [Folds] the method would be too long to be compiled
  /// without allocation, and `reduceLanes` would not repeat to the bit.
  private static float sum(float[] x, int from, int to) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = from;
    for (; i <= to - 4; i += 4) {
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
    }
    for (; i < to; i++) {
      a += x[i];
    }
    return (a + b) + (c + d);
  }

  private static float max(float[] x, int from, int length) {
    int bound = from + FLOATS.loopBound(length);
    FloatVector maxima = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int i = from; i < bound; i += LANES) {
      // NaN is not above anything: it comes back through exp
      FloatVector value = FloatVector.fromArray(FLOATS, x, i);
      maxima = maxima.blend(value, value.compare(VectorOperators.GT, maxima));
    }
    float max = maxima.reduceLanes(VectorOperators.MAX);
    for (int i = bound; i < from + length; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  /// For x ≤ 0; NaN stays NaN.
  static FloatVector exp(FloatVector x) {
    VectorMask<Float> tiny = x.lt(LOWEST);
    FloatVector bounded = x.blend(LOWEST, tiny);
    FloatVector shifted = bounded.mul(LOG2_E).add(ROUND);
    FloatVector n = shifted.sub(ROUND);
    FloatVector r = n.mul(-LN2_HIGH).add(bounded).sub(n.mul(LN2_LOW));
    FloatVector p = FloatVector.broadcast(FLOATS, C6);
    p = p.mul(r).add(C5);
    p = p.mul(r).add(C4);
    p = p.mul(r).add(C3);
    p = p.mul(r).add(C2);
    p = p.mul(r).add(1f);
    p = p.mul(r).add(1f);
    return p.reinterpretAsInts()
        .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
        .reinterpretAsFloats()
        .blend(0f, tiny);
  }

  /// For x ≤ 0; NaN stays NaN.
  static float exp(float x) {
    if (x < LOWEST) {
      return 0;
    }
    float shifted = x * LOG2_E + ROUND;
    float n = shifted - ROUND;
    float r = n * -LN2_HIGH + x - n * LN2_LOW;
    float p = C6;
    p = p * r + C5;
    p = p * r + C4;
    p = p * r + C3;
    p = p * r + C2;
    p = p * r + 1f;
    p = p * r + 1f;
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(shifted) << 23));
  }
}
