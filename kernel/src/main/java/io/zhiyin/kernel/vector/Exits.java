package io.zhiyin.kernel.vector;

import static io.zhiyin.kernel.vector.Simd.FLOATS;
import static io.zhiyin.kernel.vector.Simd.LANES;
import static io.zhiyin.kernel.vector.Simd.PANEL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Which leaves rows come to, two vectors of rows side by side.
final class Exits {
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());

  private Exits() {}

  static void trees(
      LeafMasks trees,
      int from,
      int to,
      float[] columns,
      int[] left,
      double[] sums,
      int first,
      int count) {
    for (int tree = from; tree < to; tree++) {
      leave(trees, tree, columns, left);
      int firstLeaf = trees.firstLeaves[tree];
      for (int r = 0; r < count; r++) {
        sums[first + r] += trees.leaves[firstLeaf + Integer.numberOfTrailingZeros(left[r])];
      }
    }
  }

  private static void leave(LeafMasks trees, int tree, float[] columns, int[] left) {
    IntVector a = IntVector.broadcast(INTS, -1);
    IntVector b = a;
    int end = trees.starts[tree + 1];
    for (int node = trees.starts[tree]; node < end; node++) {
      int at = trees.asks[node] * PANEL;
      FloatVector bar = FloatVector.broadcast(FLOATS, trees.bars[node]);
      IntVector mask = IntVector.broadcast(INTS, trees.masks[node]);
      a =
          a.lanewise(
              VectorOperators.AND,
              mask,
              FloatVector.fromArray(FLOATS, columns, at)
                  .compare(VectorOperators.GT, bar)
                  .cast(INTS));
      b =
          b.lanewise(
              VectorOperators.AND,
              mask,
              FloatVector.fromArray(FLOATS, columns, at + LANES)
                  .compare(VectorOperators.GT, bar)
                  .cast(INTS));
    }
    a.intoArray(left, 0);
    b.intoArray(left, LANES);
  }
}
