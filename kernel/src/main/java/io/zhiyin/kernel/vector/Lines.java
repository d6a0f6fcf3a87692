package io.zhiyin.kernel.vector;

import static io.zhiyin.kernel.vector.Simd.FLOATS;
import static io.zhiyin.kernel.vector.Simd.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Kernels over one or two stretches of numbers: dot, axpy, add, multiply, relu, layer norm,
/// comparison.
final class Lines {
  private Lines() {}

  static float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
    int bound = FLOATS.loopBound(length);
    FloatVector sums = FloatVector.zero(FLOATS);
    for (int i = 0; i < bound; i += LANES) {
      sums =
          FloatVector.fromArray(FLOATS, a, aFrom + i)
              .fma(FloatVector.fromArray(FLOATS, b, bFrom + i), sums);
    }
    float sum = Folds.sum(sums);
    for (int i = bound; i < length; i++) {
      sum = Math.fma(a[aFrom + i], b[bFrom + i], sum);
    }
    return sum;
  }

  static void axpy(float alpha, float[] x, int xFrom, float[] y, int yFrom, int length) {
    int bound = FLOATS.loopBound(length);
    FloatVector factor = FloatVector.broadcast(FLOATS, alpha);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector.fromArray(FLOATS, x, xFrom + i)
          .fma(factor, FloatVector.fromArray(FLOATS, y, yFrom + i))
          .intoArray(y, yFrom + i);
    }
    for (int i = bound; i < length; i++) {
      y[yFrom + i] = Math.fma(alpha, x[xFrom + i], y[yFrom + i]);
    }
  }

  static void add(float[] x, int xFrom, float[] y, int yFrom, int length) {
    int bound = FLOATS.loopBound(length);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector.fromArray(FLOATS, y, yFrom + i)
          .add(FloatVector.fromArray(FLOATS, x, xFrom + i))
          .intoArray(y, yFrom + i);
    }
    for (int i = bound; i < length; i++) {
      y[yFrom + i] += x[xFrom + i];
    }
  }

  static void multiply(float[] x, int xFrom, float[] y, int yFrom, int length) {
    int bound = FLOATS.loopBound(length);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector.fromArray(FLOATS, y, yFrom + i)
          .mul(FloatVector.fromArray(FLOATS, x, xFrom + i))
          .intoArray(y, yFrom + i);
    }
    for (int i = bound; i < length; i++) {
      y[yFrom + i] *= x[xFrom + i];
    }
  }

  static void relu(float[] x, int from, int length) {
    int bound = FLOATS.loopBound(length);
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int i = 0; i < bound; i += LANES) {
      // a blend costs less than max, whose order of NaN and −0 takes five instructions
      FloatVector value = FloatVector.fromArray(FLOATS, x, from + i);
      value.blend(zero, value.lt(zero)).intoArray(x, from + i);
    }
    for (int i = from + bound; i < from + length; i++) {
      x[i] = x[i] < 0 ? 0 : x[i];
    }
  }

  static void layerNorm(
      float[] x, int xFrom, float[] gain, float[] bias, float[] y, int yFrom, int size) {
    float mean = sum(x, xFrom, size) / size;
    float variance = squares(x, xFrom, size, mean) / size;
    float inverse = (float) (1 / Math.sqrt(variance + ScalarKernels.EPSILON));
    int bound = FLOATS.loopBound(size);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector.fromArray(FLOATS, x, xFrom + i)
          .sub(mean)
          .mul(inverse)
          .fma(FloatVector.fromArray(FLOATS, gain, i), FloatVector.fromArray(FLOATS, bias, i))
          .intoArray(y, yFrom + i);
    }
    for (int i = bound; i < size; i++) {
      y[yFrom + i] = (x[xFrom + i] - mean) * inverse * gain[i] + bias[i];
    }
  }

  private static float sum(float[] x, int from, int length) {
    int bound = FLOATS.loopBound(length);
    FloatVector sums = FloatVector.zero(FLOATS);
    for (int i = 0; i < bound; i += LANES) {
      sums = sums.add(FloatVector.fromArray(FLOATS, x, from + i));
    }
    float sum = Folds.sum(sums);
    for (int i = from + bound; i < from + length; i++) {
      sum += x[i];
    }
    return sum;
  }

  private static float squares(float[] x, int from, int length, float mean) {
    int bound = FLOATS.loopBound(length);
    FloatVector sums = FloatVector.zero(FLOATS);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector difference = FloatVector.fromArray(FLOATS, x, from + i).sub(mean);
      sums = difference.fma(difference, sums);
    }
    float sum = Folds.sum(sums);
    for (int i = from + bound; i < from + length; i++) {
      sum += (x[i] - mean) * (x[i] - mean);
    }
    return sum;
  }

  static int firstAbove(float[] values, int from, int to, float threshold) {
    int i = from;
    int bound = to - LANES;
    while (i <= bound) {
      long above = above(values, i, threshold);
      if (above != 0) {
        return i + Long.numberOfTrailingZeros(above);
      }
      i += LANES;
    }
    if (bound >= 0 && i < to) {
      // the last whole vector once more, without what was looked at
      long above = above(values, bound, threshold) >>> (i - bound);
      return above == 0 ? to : i + Long.numberOfTrailingZeros(above);
    }
    while (i < to && !(values[i] > threshold)) {
      i++;
    }
    return i;
  }

  /// A bit for each lane; to look for the first lane one by one would be a branch that no processor
  /// foresees.
  private static long above(float[] values, int from, float threshold) {
    return FloatVector.fromArray(FLOATS, values, from)
        .compare(VectorOperators.GT, threshold)
        .toLong();
  }
}
