package io.zhiyin.lab.bench;

import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.kernel.nn.SequenceConfig;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// The sequence encoder through libtorch as one writes it for speed: fused linear, layer norm and
/// attention, weights and inputs made before, no gradients.
final class LibtorchEncoder {
  /// Which rows of the last layer are computed.
  enum LastLayer {
    /// All, as a model that was written for training does.
    ALL_POSITIONS,
    /// Only the last, as our own encoder does.
    LAST_POSITION
  }

  private final SequenceConfig config;
  private final long[] normShape;
  private final Map<String, Tensor> weights = new HashMap<>();
  private final Map<String, TensorOptional> optional = new HashMap<>();
  private final TensorOptional none = new TensorOptional();
  private final DoubleOptional usualScale = new DoubleOptional();

  LibtorchEncoder(Safetensors tensors, SequenceConfig config) {
    this.config = config;
    normShape = new long[] {config.embeddingSize()};
    for (String name : tensors.names()) {
      int[] shape = tensors.shape(name);
      long[] lengths = new long[shape.length];
      for (int i = 0; i < shape.length; i++) {
        lengths[i] = shape[i];
      }
      Tensor tensor = AbstractTensor.create(tensors.floats(name), lengths);
      weights.put(name, tensor);
      optional.put(name, new TensorOptional(tensor));
    }
  }

  /// Items, types and gaps are tensors of rows `[m]`; the result goes to `out` `[d]`.
  void encode(Tensor items, Tensor types, Tensor gaps, LastLayer lastLayer, float[] out) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      long m = items.size(0);
      Tensor x = weight("item.weight").index_select(0, items);
      x.add_(weight("type.weight").index_select(0, types));
      x.add_(weight("gap.weight").index_select(0, gaps));
      x.add_(weight("position.weight").narrow(0, 0, m));
      for (int l = 0; l < config.layers(); l++) {
        boolean shortcut = lastLayer == LastLayer.LAST_POSITION && l == config.layers() - 1;
        x = block("blocks." + l, x, shortcut ? 1 : m);
      }
      norm("norm", x.narrow(0, x.size(0) - 1, 1)).data_ptr_float().get(out);
    }
  }

  private Tensor block(String name, Tensor x, long queries) {
    long m = x.size(0);
    Tensor asking = x.narrow(0, m - queries, queries);
    Tensor y = attention(name + ".attention", norm(name + ".norm1", x), queries).add_(asking);
    Tensor hidden = linear(name + ".feedForward.up", norm(name + ".norm2", y)).relu_();
    return linear(name + ".feedForward.down", hidden).add_(y);
  }

  private Tensor attention(String name, Tensor a, long queries) {
    long d = config.embeddingSize();
    long m = a.size(0);
    Tensor qkv = linear(name + ".qkv", a);
    Tensor q = heads(qkv.narrow(1, 0, d).narrow(0, m - queries, queries));
    Tensor k = heads(qkv.narrow(1, d, d));
    Tensor v = heads(qkv.narrow(1, 2 * d, d));
    boolean causal = queries > 1;
    Tensor mixed = torch.scaled_dot_product_attention(q, k, v, none, 0, causal, usualScale, false);
    return linear(name + ".out", mixed.transpose(1, 2).reshape(queries, d));
  }

  /// `[m, d]` → `[1, heads, m, d / heads]`
  private Tensor heads(Tensor x) {
    long heads = config.heads();
    return x.view(1, x.size(0), heads, config.embeddingSize() / heads).transpose(1, 2);
  }

  private Tensor linear(String name, Tensor x) {
    return torch.linear(x, weight(name + ".weight"), optional(name + ".bias"));
  }

  private Tensor norm(String name, Tensor x) {
    return torch.layer_norm(
        x, normShape, optional(name + ".weight"), optional(name + ".bias"), 1e-5, false);
  }

  private Tensor weight(String name) {
    return known(weights.get(name), name);
  }

  private TensorOptional optional(String name) {
    return known(optional.get(name), name);
  }

  private static <T> T known(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalArgumentException("there is no weight " + name);
    }
    return value;
  }
}
