package io.zhiyin.engine.model;

import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.content.ContentFeatures;
import io.zhiyin.engine.content.SparseVector;
import io.zhiyin.engine.content.TextEncoder;
import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.kernel.vector.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an item says → its vector in the model's space: Σ over features f of w_f · weight[f], plus
/// the part of its text where the model was trained with pretrained text vectors.
///
/// weight `[C, d]`; the features are read with the rarities that the model was trained with. Items
/// that nobody has touched yet get their vectors from here.
final class ContentProjection {
  private final ContentFeatures features;
  private final float[] weight;
  private final int size;
  private final TextEncoders encoders;
  private final List<TextProjection> texts;

  private ContentProjection(
      ContentFeatures features,
      float[] weight,
      int size,
      TextEncoders encoders,
      List<TextProjection> texts) {
    this.features = features;
    this.weight = weight;
    this.size = size;
    this.encoders = encoders;
    this.texts = texts;
  }

  /// From `content.weight [C, d]`, `content.idf [C]` and the tensors of [TextProjection]; empty
  /// when the model was trained without. Where the model knows an encoder that is not given, or the
  /// other way round, that encoder's part is zero.
  static Optional<ContentProjection> load(
      Safetensors tensors, int rows, int size, TextEncoders encoders) {
    if (!tensors.has("content.weight")) {
      return Optional.empty();
    }
    List<TextProjection> texts = new ArrayList<>();
    for (TextEncoder encoder : encoders.all()) {
      TextProjection.load(tensors, encoder, size).ifPresent(texts::add);
    }
    return Optional.of(
        new ContentProjection(
            new ContentFeatures(tensors.floats("content.idf", rows)),
            tensors.floats("content.weight", rows, size),
            size,
            encoders,
            texts));
  }

  boolean readsTexts() {
    return !texts.isEmpty();
  }

  /// Writes the item's vector to `out[from …]`, the text's part included when its vector is at
  /// hand; takes microseconds.
  ///
  /// @return whether anything that the model knows is said of the item
  boolean project(Item item, float[] out, int from) {
    TextProjection text = projectionOf(item);
    float[] vector =
        text == null ? null : text.encoder().known(TextEncoders.textOf(item)).orElse(null);
    return project(item, text, vector, out, from);
  }

  /// The same, but reads the text when its vector is not at hand; takes milliseconds.
  boolean projectReading(Item item, float[] out, int from) {
    TextProjection text = projectionOf(item);
    float[] vector = text == null ? null : text.encoder().encode(TextEncoders.textOf(item));
    return project(item, text, vector, out, from);
  }

  /// Whether [#project] leaves a part out that [#projectReading] would give.
  boolean lacksText(Item item) {
    TextProjection text = projectionOf(item);
    return text != null && text.encoder().known(TextEncoders.textOf(item)).isEmpty();
  }

  private @Nullable TextProjection projectionOf(Item item) {
    if (texts.isEmpty()) {
      return null;
    }
    TextEncoder encoder = encoders.forText(TextEncoders.textOf(item)).orElse(null);
    for (TextProjection text : texts) {
      if (text.encoder().equals(encoder)) {
        return text;
      }
    }
    return null;
  }

  private boolean project(
      Item item, @Nullable TextProjection text, float @Nullable [] vector, float[] out, int from) {
    SparseVector content = features.of(item);
    Arrays.fill(out, from, from + size, 0);
    for (int f = 0; f < content.size(); f++) {
      Kernels.active()
          .axpy(content.weights()[f], weight, content.rows()[f] * size, out, from, size);
    }
    if (text == null || vector == null) {
      return !content.isZero();
    }
    text.add(vector, out, from);
    return true;
  }
}
