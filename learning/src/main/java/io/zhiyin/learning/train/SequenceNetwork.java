package io.zhiyin.learning.train;

import io.zhiyin.learning.dataset.SequenceBatch;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The sequence model as libtorch learns it: the same arithmetic as `kernel.nn.SequenceEncoder`,
/// with gradients and dropout.
///
/// Shapes: B windows, L events each, V places where something is asked, n items, d numbers per
/// item. [Self-Attentive Sequential Recommendation](https://arxiv.org/abs/1808.09781)
final class SequenceNetwork {
  private final SequenceSettings settings;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Tensor latent;

  /// @param items n
  /// @param types T
  /// @param latent content of the items `[n, k]`, row-major
  SequenceNetwork(SequenceSettings settings, int items, int types, float[] latent, int latentSize) {
    this.settings = settings;
    int d = settings.embeddingSize();
    int hidden = settings.hiddenSize();
    this.latent = AbstractTensor.create(latent, items, latentSize);
    normal("item.id", 0.02, items, d);
    if (latentSize > 0) {
      normal("content.map", unit(latent, items, d), latentSize, d);
    }
    normal("type.weight", 0.02, types, d);
    normal("gap.weight", 0.02, settings.gapBuckets(), d);
    normal("position.weight", 0.02, settings.maxLength(), d);
    for (int l = 0; l < settings.layers(); l++) {
      String block = "blocks." + l + ".";
      norm(block + "norm1", d);
      linear(block + "attention.qkv", 3 * d, d);
      silent(block + "attention.out", d, d);
      norm(block + "norm2", d);
      linear(block + "feedForward.up", hidden, d);
      silent(block + "feedForward.down", d, hidden);
    }
    norm("norm", d);
  }

  /// The deviation by which content vectors start with a mean square of 1: items that say the same
  /// are near each other from the first step, and the last event's item speaks for its like.
  private static double unit(float[] latent, int items, int d) {
    double square = 0;
    for (float value : latent) {
      square += (double) value * value;
    }
    return square == 0 ? 0.02 : Math.sqrt(items / square / d);
  }

  private void normal(String name, double deviation, int... shape) {
    long[] sizes = java.util.Arrays.stream(shape).asLongStream().toArray();
    try (NoGradGuard _ = new NoGradGuard()) {
      parameter(name, torch.randn(sizes).mul(new Scalar(deviation)));
    }
  }

  private void linear(String name, int out, int in) {
    normal(name + ".weight", Math.sqrt(2.0 / (in + out)), out, in);
    parameter(name + ".bias", torch.zeros(out));
  }

  /// A layer that adds nothing at first, so that each block starts as the identity.
  private void silent(String name, int out, int in) {
    parameter(name + ".weight", torch.zeros(out, in));
    parameter(name + ".bias", torch.zeros(out));
  }

  private void norm(String name, int size) {
    parameter(name + ".weight", torch.ones(size));
    parameter(name + ".bias", torch.zeros(size));
  }

  private void parameter(String name, Tensor value) {
    value.set_requires_grad(true);
    parameters.put(name, value);
  }

  /// n
  int itemCount() {
    return (int) get("item.id").size(0);
  }

  private Tensor get(String name) {
    Tensor tensor = parameters.get(name);
    if (tensor == null) {
      throw new IllegalStateException("no parameter is named " + name);
    }
    return tensor;
  }

  /// All parameters in a fixed order.
  TensorVector parameters() {
    return new TensorVector(parameters.values().toArray(Tensor[]::new));
  }

  /// The item table `[n, d]`: id embedding plus content, the former left out for a share of items
  /// in training.
  Tensor items(boolean training) {
    Tensor ids = get("item.id");
    if (training && settings.idDropout() > 0) {
      Tensor kept = torch.rand(ids.size(0), 1).ge(new Scalar(settings.idDropout()));
      ids = ids.mul(kept);
    }
    return parameters.containsKey("content.map") ? ids.add(content(latent)) : ids;
  }

  /// Content vectors `[m, d]` of items that have no id embedding.
  Tensor content(Tensor latentRows) {
    return torch.mm(latentRows, get("content.map"));
  }

  boolean readsContent() {
    return parameters.containsKey("content.map");
  }

  /// What the events lead to at every place where something is asked, `[V, d]`.
  Tensor forward(SequenceBatch batch, Tensor items, boolean training) {
    int b = batch.size();
    int length = batch.length();
    int d = settings.embeddingSize();
    double p = settings.dropout();
    // x_j = item + type + gap + position [B, L, d]
    Tensor x =
        items
            .index_select(0, AbstractTensor.create(batch.items()))
            .add(rows("type.weight", batch.types()))
            .add(rows("gap.weight", batch.gaps()))
            .view(b, length, d)
            .add(get("position.weight").narrow(0, 0, length));
    x = torch.dropout(x, p, training);
    Tensor asked = AbstractTensor.create(batch.asked());
    for (int l = 0; l < settings.layers(); l++) {
      String block = "blocks." + l + ".";
      // x += Wo · attention(norm1(x)) + bo
      Tensor change = attention(block + "attention.", norm(x, block + "norm1"), training);
      x = x.add(torch.dropout(change, p, training));
      if (l == settings.layers() - 1) {
        // from here on only the places where something is asked [V, d]
        x = x.view(-1, d).index_select(0, asked);
      }
      // x += Wdown · relu(Wup · norm2(x) + bup) + bdown
      Tensor hidden = torch.relu(apply(block + "feedForward.up", norm(x, block + "norm2")));
      change = apply(block + "feedForward.down", torch.dropout(hidden, p, training));
      x = x.add(torch.dropout(change, p, training));
    }
    return norm(x, "norm");
  }

  private Tensor rows(String table, long[] indices) {
    return get(table).index_select(0, AbstractTensor.create(indices));
  }

  private Tensor norm(Tensor x, String name) {
    return torch.layer_norm(
        x,
        new long[] {settings.embeddingSize()},
        new TensorOptional(get(name + ".weight")),
        new TensorOptional(get(name + ".bias")),
        1e-5,
        false);
  }

  private Tensor apply(String name, Tensor x) {
    return torch.linear(x, get(name + ".weight"), new TensorOptional(get(name + ".bias")));
  }

  /// Causal attention of H heads over x `[B, L, d]`.
  private Tensor attention(String name, Tensor x, boolean training) {
    long b = x.size(0);
    long length = x.size(1);
    int d = settings.embeddingSize();
    int heads = settings.heads();
    // [B, L, 3d] → [3, B, H, L, d/H]
    Tensor qkv = apply(name + "qkv", x).view(b, length, 3, heads, d / heads).permute(2, 0, 3, 1, 4);
    Tensor mixed =
        torch.scaled_dot_product_attention(
            qkv.select(0, 0),
            qkv.select(0, 1),
            qkv.select(0, 2),
            new TensorOptional(),
            training ? settings.dropout() : 0,
            true,
            new DoubleOptional(),
            false);
    return apply(name + "out", mixed.transpose(1, 2).reshape(b, length, d));
  }

  /// A copy of all numbers, by name.
  Map<String, float[]> weights() {
    Map<String, float[]> copy = new LinkedHashMap<>();
    parameters.forEach((name, tensor) -> copy.put(name, Tensors.floats(tensor)));
    return copy;
  }

  /// Puts numbers of [#weights] back.
  void restore(Map<String, float[]> weights) {
    try (NoGradGuard _ = new NoGradGuard()) {
      weights.forEach(
          (name, numbers) -> {
            Tensor parameter = get(name);
            parameter.copy_(AbstractTensor.create(numbers, parameter.shape()));
          });
    }
  }

  /// The shape of a parameter.
  int[] shape(String name) {
    return java.util.Arrays.stream(get(name).shape()).mapToInt(Math::toIntExact).toArray();
  }

  /// Calls with each name of a parameter that is saved as it is.
  java.util.List<String> savedAsIs() {
    return parameters.keySet().stream()
        .filter(name -> !name.equals("item.id") && !name.equals("content.map"))
        .toList();
  }
}
