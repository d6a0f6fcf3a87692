package io.zhiyin.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The vector shape of this processor. Apart from the kernels, so that asking for it does not load
/// them.
final class Simd {
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  /// Floats in one vector.
  static final int LANES = FLOATS.length();

  /// Floats that a tile computes side by side: two vectors.
  static final int PANEL = 2 * LANES;

  private Simd() {}

  /// The smallest multiple of a panel that holds `length`.
  static int wholePanels(int length) {
    return (length + PANEL - 1) / PANEL * PANEL;
  }
}
