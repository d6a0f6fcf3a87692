package io.zhiyin.lab.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// What one core can do at best: multiply-adds with nothing to load, and a sum over memory with
/// nothing else to do.
final class Limits {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int STEPS = 20_000;

  /// Floating-point operations of one pass of [#multiplyAdd].
  static final double FLOPS = 2.0 * STEPS * 10 * FLOATS.length();

  /// Where results go so that no loop can be left out.
  private float sink;

  float sink() {
    return sink;
  }

  /// Ten independent chains of multiply-adds, enough to hide a latency of four or five cycles.
  void multiplyAdd() {
    FloatVector factor = FloatVector.broadcast(FLOATS, 0.999f);
    FloatVector term = FloatVector.broadcast(FLOATS, 0.001f);
    FloatVector a = term;
    FloatVector b = term;
    FloatVector c = term;
    FloatVector d = term;
    FloatVector e = term;
    FloatVector f = term;
    FloatVector g = term;
    FloatVector h = term;
    FloatVector i = term;
    FloatVector j = term;
    for (int step = 0; step < STEPS; step++) {
      a = a.fma(factor, term);
      b = b.fma(factor, term);
      c = c.fma(factor, term);
      d = d.fma(factor, term);
      e = e.fma(factor, term);
      f = f.fma(factor, term);
      g = g.fma(factor, term);
      h = h.fma(factor, term);
      i = i.fma(factor, term);
      j = j.fma(factor, term);
    }
    sink +=
        a.add(b)
            .add(c)
            .add(d)
            .add(e)
            .add(f)
            .add(g)
            .add(h)
            .add(i)
            .add(j)
            .reduceLanes(VectorOperators.ADD);
  }

  /// A sum over the array, four vectors at a time.
  void stream(float[] numbers) {
    int lanes = FLOATS.length();
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    for (int i = 0; i <= numbers.length - 4 * lanes; i += 4 * lanes) {
      a = a.add(FloatVector.fromArray(FLOATS, numbers, i));
      b = b.add(FloatVector.fromArray(FLOATS, numbers, i + lanes));
      c = c.add(FloatVector.fromArray(FLOATS, numbers, i + 2 * lanes));
      d = d.add(FloatVector.fromArray(FLOATS, numbers, i + 3 * lanes));
    }
    sink += a.add(b).add(c).add(d).reduceLanes(VectorOperators.ADD);
  }
}
