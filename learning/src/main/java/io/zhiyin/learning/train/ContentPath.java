package io.zhiyin.learning.train;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.kernel.nn.Safetensors;

/// How a network reads what items say: k numbers an item, on which it learns a map W `[k, d]`.
interface ContentPath {
  /// k, how many numbers an item has.
  int size();

  /// The numbers of the given items `[items, k]`; zero where nothing is said.
  ///
  /// @param items catalogue indices
  float[] of(Catalog catalog, int[] items);

  /// Adds the tensors from which a model reads content without this.
  ///
  /// @param map W `[k, d]` as learned
  void save(Safetensors file, float[] map, int d);
}
