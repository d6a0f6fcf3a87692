package io.zhiyin.engine.model;

import io.zhiyin.engine.content.TextEncoder;
import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.kernel.vector.Kernels;
import java.util.Optional;

/// What a pretrained encoder read in an item's text → the text's part of the item's vector: (v −
/// mean) · weight, with v `[m]`, mean `[m]` and weight `[m, d]`.
///
/// @param encoder that gave the vectors when the model was trained
record TextProjection(TextEncoder encoder, float[] mean, float[] weight, int size) {
  /// Tensors of the encoder of that id: `content.text.{id}.weight` and `content.text.{id}.mean`.
  static String tensor(String encoderId, String part) {
    return "content.text." + encoderId + "." + part;
  }

  /// Empty when the model was trained without that encoder.
  static Optional<TextProjection> load(Safetensors tensors, TextEncoder encoder, int size) {
    String weight = tensor(encoder.id(), "weight");
    if (!tensors.has(weight)) {
      return Optional.empty();
    }
    return Optional.of(
        new TextProjection(
            encoder,
            tensors.floats(tensor(encoder.id(), "mean"), encoder.size()),
            tensors.floats(weight, encoder.size(), size),
            size));
  }

  /// Adds the part of the text whose vector is given to `out[from …]`.
  void add(float[] vector, float[] out, int from) {
    for (int i = 0; i < mean.length; i++) {
      Kernels.active().axpy(vector[i] - mean[i], weight, i * size, out, from, size);
    }
  }
}
