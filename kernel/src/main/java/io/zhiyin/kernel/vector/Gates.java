package io.zhiyin.kernel.vector;

import static io.zhiyin.kernel.vector.Simd.FLOATS;
import static io.zhiyin.kernel.vector.Simd.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Kernels made of the logistic function σ(x) = 1 / (1 + e⁻ˣ): SiLU and the gated recurrent unit.
///
/// σ is computed from e^−|x|, which never overflows, and tanh(x) as 2 σ(2x) − 1: off by a few units
/// of 6e-8, not relative to a result near 0, which sums with other numbers do not notice.
final class Gates {
  private Gates() {}

  static void silu(float[] x, int from, int length) {
    int bound = from + FLOATS.loopBound(length);
    for (int i = from; i < bound; i += LANES) {
      FloatVector value = FloatVector.fromArray(FLOATS, x, i);
      value.mul(sigmoid(value)).intoArray(x, i);
    }
    for (int i = bound; i < from + length; i++) {
      x[i] *= sigmoid(x[i]);
    }
  }

  static void gru(
      float[] a,
      int aFrom,
      float[] c,
      int cFrom,
      float[] h,
      int hFrom,
      float[] y,
      int yFrom,
      int size) {
    // one place that takes exponentials: with two, the JVM gives up compiling the second into this
    // and allocates its vectors
    for (int part = 0; part < 2; part++) {
      if (part == 0) {
        Lines.add(a, aFrom, c, cFrom, 2 * size);
      } else {
        reset(a, aFrom + 2 * size, c, cFrom, size);
      }
      sigmoid(c, cFrom + part * 2 * size, part == 0 ? 2 * size : size);
    }
    update(c, cFrom, h, hFrom, y, yFrom, size);
  }

  /// x = σ(x)
  private static void sigmoid(float[] x, int from, int length) {
    int bound = from + FLOATS.loopBound(length);
    for (int i = from; i < bound; i += LANES) {
      sigmoid(at(x, i)).intoArray(x, i);
    }
    for (int i = bound; i < from + length; i++) {
      x[i] = sigmoid(x[i]);
    }
  }

  /// c_n = 2 (a + r c_n), where r is the first third of c.
  private static void reset(float[] a, int aFrom, float[] c, int cFrom, int size) {
    int bound = FLOATS.loopBound(size);
    int to = cFrom + 2 * size;
    for (int i = 0; i < bound; i += LANES) {
      at(c, cFrom + i).fma(at(c, to + i), at(a, aFrom + i)).mul(2f).intoArray(c, to + i);
    }
    for (int i = bound; i < size; i++) {
      c[to + i] = 2 * Math.fma(c[cFrom + i], c[to + i], a[aFrom + i]);
    }
  }

  /// y = n + z (h − n), where z is the second third of c and n = 2 c_n − 1.
  private static void update(
      float[] c, int cFrom, float[] h, int hFrom, float[] y, int yFrom, int size) {
    int bound = FLOATS.loopBound(size);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector n = at(c, cFrom + 2 * size + i).mul(2f).sub(1f);
      at(c, cFrom + size + i).fma(at(h, hFrom + i).sub(n), n).intoArray(y, yFrom + i);
    }
    for (int i = bound; i < size; i++) {
      float n = 2 * c[cFrom + 2 * size + i] - 1;
      y[yFrom + i] = Math.fma(c[cFrom + size + i], h[hFrom + i] - n, n);
    }
  }

  private static FloatVector at(float[] x, int from) {
    return FloatVector.fromArray(FLOATS, x, from);
  }

  /// NaN stays NaN.
  private static FloatVector sigmoid(FloatVector x) {
    FloatVector power = Softmax.exp(x.lanewise(VectorOperators.ABS).neg());
    FloatVector above = FloatVector.broadcast(FLOATS, 1f).blend(power, x.lt(0f));
    return above.div(power.add(1f));
  }

  private static float sigmoid(float x) {
    float power = Softmax.exp(-Math.abs(x));
    return (x < 0 ? power : 1f) / (power + 1f);
  }
}
