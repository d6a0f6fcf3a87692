package io.zhiyin.engine.evaluate;

import java.util.BitSet;
import java.util.List;

/// Which part of the catalogue is shown to anybody at all.
///
/// @param catalogSize how many items could be shown
public record Coverage(int catalogSize) {
  public Coverage {
    if (catalogSize < 0) {
      throw new IllegalArgumentException("a catalogue cannot have " + catalogSize + " items");
    }
  }

  /// @param lists the items shown to each shopper
  public double of(List<int[]> lists) {
    BitSet shown = new BitSet();
    for (int[] list : lists) {
      for (int item : list) {
        shown.set(item);
      }
    }
    return catalogSize == 0 ? 0 : shown.cardinality() / (double) catalogSize;
  }
}
