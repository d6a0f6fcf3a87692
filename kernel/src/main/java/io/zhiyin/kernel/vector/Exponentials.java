package io.zhiyin.kernel.vector;

import static io.zhiyin.kernel.vector.Simd.FLOATS;
import static io.zhiyin.kernel.vector.Simd.LANES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The two passes of a softmax that is taken tile by tile, over memory outside of the heap, where
/// matrix products come from.
///
/// exp as in [Softmax], with fused multiply-adds; two sums side by side hide their latency.
final class Exponentials {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final float LOG2_E = (float) (1 / Math.log(2));
  private static final float ROUND = 12582912f;
  private static final float LN2_HIGH = 355f / 512;
  private static final float LN2_LOW = (float) (Math.log(2) - 355.0 / 512);

  /// exp of anything below is taken as exp of this, about 1e-38.
  private static final float LOWEST = -87f;

  private static final FloatVector C6 = FloatVector.broadcast(FLOATS, 1f / 720);
  private static final FloatVector C5 = FloatVector.broadcast(FLOATS, 1f / 120);
  private static final FloatVector C4 = FloatVector.broadcast(FLOATS, 1f / 24);
  private static final FloatVector C3 = FloatVector.broadcast(FLOATS, 1f / 6);
  private static final FloatVector C2 = FloatVector.broadcast(FLOATS, 0.5f);
  private static final FloatVector ONE = FloatVector.broadcast(FLOATS, 1f);
  private static final FloatVector SCALE = FloatVector.broadcast(FLOATS, LOG2_E);
  private static final FloatVector SHIFT = FloatVector.broadcast(FLOATS, ROUND);
  private static final FloatVector HIGH = FloatVector.broadcast(FLOATS, -LN2_HIGH);
  private static final FloatVector LOW = FloatVector.broadcast(FLOATS, -LN2_LOW);

  private Exponentials() {}

  static float largest(MemorySegment x, long from, int length) {
    FloatVector a = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    FloatVector b = a;
    int i = 0;
    for (; i <= length - 2 * LANES; i += 2 * LANES) {
      FloatVector first = load(x, from + i);
      FloatVector second = load(x, from + i + LANES);
      a = a.blend(first, first.compare(VectorOperators.GT, a));
      b = b.blend(second, second.compare(VectorOperators.GT, b));
    }
    float largest =
        Math.max(a.reduceLanes(VectorOperators.MAX), b.reduceLanes(VectorOperators.MAX));
    for (; i < length; i++) {
      float value = x.getAtIndex(ValueLayout.JAVA_FLOAT, from + i);
      largest = value > largest ? value : largest;
    }
    return largest;
  }

  static float exponentials(MemorySegment x, long from, int length, float shift) {
    FloatVector shifts = FloatVector.broadcast(FLOATS, shift);
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = a;
    int i = 0;
    for (; i <= length - 2 * LANES; i += 2 * LANES) {
      FloatVector first = exp(load(x, from + i).sub(shifts));
      first.intoMemorySegment(x, (from + i) * Float.BYTES, ORDER);
      a = a.add(first);
      FloatVector second = exp(load(x, from + i + LANES).sub(shifts));
      second.intoMemorySegment(x, (from + i + LANES) * Float.BYTES, ORDER);
      b = b.add(second);
    }
    float sum = Folds.sum(a.add(b));
    for (; i < length; i++) {
      float value = x.getAtIndex(ValueLayout.JAVA_FLOAT, from + i) - shift;
      value = (float) Math.exp(value < LOWEST ? LOWEST : value);
      x.setAtIndex(ValueLayout.JAVA_FLOAT, from + i, value);
      sum += value;
    }
    return sum;
  }

  private static FloatVector load(MemorySegment x, long at) {
    return FloatVector.fromMemorySegment(FLOATS, x, at * Float.BYTES, ORDER);
  }

  private static FloatVector exp(FloatVector x) {
    VectorMask<Float> tiny = x.lt(LOWEST);
    FloatVector bounded = x.blend(LOWEST, tiny);
    FloatVector shifted = bounded.fma(SCALE, SHIFT);
    FloatVector n = shifted.sub(SHIFT);
    FloatVector r = n.fma(LOW, n.fma(HIGH, bounded));
    FloatVector p = C6.fma(r, C5);
    p = p.fma(r, C4);
    p = p.fma(r, C3);
    p = p.fma(r, C2);
    p = p.fma(r, ONE);
    p = p.fma(r, ONE);
    return p.reinterpretAsInts()
        .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
        .reinterpretAsFloats();
  }
}
