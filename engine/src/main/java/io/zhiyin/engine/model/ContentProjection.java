package io.zhiyin.engine.model;

import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.content.ContentFeatures;
import io.zhiyin.engine.content.SparseVector;
import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.kernel.vector.Kernels;
import java.util.Optional;

/// What an item says → its vector in the model's space: Σ over features f of w_f · weight[f].
///
/// weight `[C, d]`; the features are read with the rarities that the model was trained with. Items
/// that nobody has touched yet get their vectors from here.
final class ContentProjection {
  private final ContentFeatures features;
  private final float[] weight;
  private final int size;

  private ContentProjection(ContentFeatures features, float[] weight, int size) {
    this.features = features;
    this.weight = weight;
    this.size = size;
  }

  /// From `content.weight [C, d]` and `content.idf [C]`; empty when the model was trained without.
  static Optional<ContentProjection> load(Safetensors tensors, int rows, int size) {
    if (!tensors.has("content.weight")) {
      return Optional.empty();
    }
    return Optional.of(
        new ContentProjection(
            new ContentFeatures(tensors.floats("content.idf", rows)),
            tensors.floats("content.weight", rows, size),
            size));
  }

  /// Writes the item's vector to `out[from …]`.
  ///
  /// @return whether anything that the model knows is said of the item
  boolean project(Item item, float[] out, int from) {
    SparseVector content = features.of(item);
    java.util.Arrays.fill(out, from, from + size, 0);
    for (int f = 0; f < content.size(); f++) {
      Kernels.active()
          .axpy(content.weights()[f], weight, content.rows()[f] * size, out, from, size);
    }
    return !content.isZero();
  }
}
