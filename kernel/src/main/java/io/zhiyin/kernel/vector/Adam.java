package io.zhiyin.kernel.vector;

import static io.zhiyin.kernel.vector.Simd.FLOATS;
import static io.zhiyin.kernel.vector.Simd.LANES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/// [AdamStep] in one pass over memory, where a library of tensors takes one for each operation.
final class Adam {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private Adam() {}

  static void step(
      AdamStep step,
      MemorySegment weights,
      MemorySegment gradients,
      MemorySegment means,
      MemorySegment squares,
      long from,
      long length) {
    FloatVector keep = FloatVector.broadcast(FLOATS, step.keep());
    FloatVector newMean = FloatVector.broadcast(FLOATS, step.newMean());
    FloatVector newSquare = FloatVector.broadcast(FLOATS, step.newSquare());
    FloatVector rate = FloatVector.broadcast(FLOATS, step.rate());
    FloatVector root = FloatVector.broadcast(FLOATS, step.root());
    FloatVector epsilon = FloatVector.broadcast(FLOATS, step.epsilon());
    long end = from + length;
    long i = from;
    for (; i <= end - LANES; i += LANES) {
      long at = i * Float.BYTES;
      FloatVector g = FloatVector.fromMemorySegment(FLOATS, gradients, at, ORDER);
      FloatVector m = FloatVector.fromMemorySegment(FLOATS, means, at, ORDER);
      FloatVector v = FloatVector.fromMemorySegment(FLOATS, squares, at, ORDER);
      FloatVector w = FloatVector.fromMemorySegment(FLOATS, weights, at, ORDER).mul(keep);
      m = newMean.fma(g.sub(m), m);
      v = newSquare.fma(g.mul(g).sub(v), v);
      w = w.sub(rate.mul(m).div(v.sqrt().fma(root, epsilon)));
      m.intoMemorySegment(means, at, ORDER);
      v.intoMemorySegment(squares, at, ORDER);
      w.intoMemorySegment(weights, at, ORDER);
    }
    one(step, weights, gradients, means, squares, i, end - i);
  }

  /// The same one by one, to the same bits.
  static void one(
      AdamStep step,
      MemorySegment weights,
      MemorySegment gradients,
      MemorySegment means,
      MemorySegment squares,
      long from,
      long length) {
    for (long i = from; i < from + length; i++) {
      float g = gradients.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      float m = means.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      float v = squares.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      float w = weights.getAtIndex(ValueLayout.JAVA_FLOAT, i) * step.keep();
      m = Math.fma(step.newMean(), g - m, m);
      v = Math.fma(step.newSquare(), g * g - v, v);
      w -= step.rate() * m / Math.fma((float) Math.sqrt(v), step.root(), step.epsilon());
      means.setAtIndex(ValueLayout.JAVA_FLOAT, i, m);
      squares.setAtIndex(ValueLayout.JAVA_FLOAT, i, v);
      weights.setAtIndex(ValueLayout.JAVA_FLOAT, i, w);
    }
  }
}
