package io.zhiyin.engine.model;

import io.zhiyin.engine.feature.Feature;
import io.zhiyin.engine.feature.ItemFacts;
import io.zhiyin.engine.feature.ShopperFeatures;
import io.zhiyin.engine.profile.History;
import io.zhiyin.kernel.nn.Linear;
import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.kernel.vector.Affine;
import io.zhiyin.kernel.vector.Kernels;
import java.io.IOException;
import java.nio.file.Path;

/// The plain network of the article: features `[F]` → 64 → 32 → 1, relu between, a sigmoid at the
/// end: how much a shopper is interested in an item, between 0 and 1. Immutable.
///
/// Features are centred and scaled by what the training saw; a feature that never varied there is
/// ignored.
public final class DenseNetwork {
  /// The kind of model in `model.json`.
  public static final String KIND = "dense";

  /// Numbers of the first hidden layer.
  public static final int WIDE = 64;

  /// Numbers of the second hidden layer.
  public static final int NARROW = 32;

  private static final int BLOCK = 128;

  private final float[] center;
  private final float[] scale;
  private final Linear first;
  private final Linear second;
  private final Linear last;

  private DenseNetwork(Safetensors tensors) {
    int f = Feature.COUNT;
    center = tensors.floats("features.center", f);
    scale = tensors.floats("features.scale", f);
    first = layer(tensors, "layers.0", WIDE, f);
    second = layer(tensors, "layers.1", NARROW, WIDE);
    last = layer(tensors, "layers.2", 1, NARROW);
  }

  private static Linear layer(Safetensors tensors, String name, int out, int in) {
    return new Linear(
        new Affine(
            out,
            in,
            tensors.floats(name + ".weight", out, in),
            tensors.floats(name + ".bias", out)));
  }

  /// From `features.center|scale [F]` and `layers.{0,1,2}.weight [out, in]|bias [out]`.
  public static DenseNetwork of(Safetensors tensors) {
    return new DenseNetwork(tensors);
  }

  /// Loads the network of that directory, checking every file first.
  ///
  /// @throws ModelException when a file is missing, damaged, or of a newer format
  public static DenseNetwork load(Path directory) throws IOException {
    ModelCard card = ModelFiles.verified(directory);
    if (!card.kind().equals(KIND)) {
      throw new ModelException(
          "%s holds a model of kind '%s', not '%s'.".formatted(directory, card.kind(), KIND));
    }
    return new DenseNetwork(Safetensors.read(directory.resolve("weights.safetensors")));
  }

  /// The interest in every item, by item index, between 0 and 1.
  public float[] interests(ItemFacts facts, History history) {
    ShopperFeatures shopper = new ShopperFeatures(facts, history, history);
    float[] result = new float[facts.size()];
    float[] features = new float[BLOCK * Feature.COUNT];
    float[] hidden = new float[BLOCK * WIDE];
    float[] narrow = new float[BLOCK * NARROW];
    for (int start = 0; start < result.length; start += BLOCK) {
      int rows = Math.min(BLOCK, result.length - start);
      for (int r = 0; r < rows; r++) {
        shopper.read(start + r, features, r * Feature.COUNT);
      }
      forward(features, rows, hidden, narrow, result, start);
    }
    return result;
  }

  /// The interest for rows of raw features `[rows, F]`.
  public float[] interests(float[] features, int rows) {
    float[] result = new float[rows];
    forward(features.clone(), rows, new float[rows * WIDE], new float[rows * NARROW], result, 0);
    return result;
  }

  private void forward(
      float[] features, int rows, float[] hidden, float[] narrow, float[] out, int from) {
    Kernels kernels = Kernels.active();
    for (int i = 0; i < rows * Feature.COUNT; i++) {
      int f = i % Feature.COUNT;
      features[i] = (features[i] - center[f]) * scale[f];
    }
    first.forward(kernels, features, 0, rows, hidden, 0);
    kernels.relu(hidden, 0, rows * WIDE);
    second.forward(kernels, hidden, 0, rows, narrow, 0);
    kernels.relu(narrow, 0, rows * NARROW);
    last.forward(kernels, narrow, 0, rows, out, from);
    for (int r = from; r < from + rows; r++) {
      out[r] = (float) (1 / (1 + Math.exp(-out[r])));
    }
  }
}
