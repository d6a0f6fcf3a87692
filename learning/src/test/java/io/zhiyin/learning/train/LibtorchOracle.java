package io.zhiyin.learning.train;

import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.kernel.nn.SequenceConfig;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// The sequence model written down once more, line by line from its formula, on libtorch's tensors.
record LibtorchOracle(Safetensors weights, SequenceConfig config) {

  /// All events are items of the table; returns the vector `[d]`.
  float[] encode(int[] items, int[] types, int[] gaps) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      int m = items.length;
      // x_j = item + type + gap + position
      Tensor x =
          rows("item", items)
              .add(rows("type", types))
              .add(rows("gap", gaps))
              .add(tensor("position.weight").narrow(0, 0, m));
      for (int l = 0; l < config.layers(); l++) {
        String block = "blocks." + l;
        x = x.add(attention(block + ".attention", norm(block + ".norm1", x)));
        x = x.add(feedForward(block + ".feedForward", norm(block + ".norm2", x)));
      }
      Tensor out = norm("norm", x).select(0, m - 1).contiguous();
      float[] result = new float[config.embeddingSize()];
      out.data_ptr_float().get(result);
      return result;
    }
  }

  /// Wo · softmax_causal(Q Kᵀ / √(d/H)) V + bo
  private Tensor attention(String name, Tensor a) {
    long d = config.embeddingSize();
    long heads = config.heads();
    long m = a.size(0);
    Tensor qkv = linear(name + ".qkv", a);
    Tensor q = head(qkv.narrow(1, 0, d));
    Tensor k = head(qkv.narrow(1, d, d));
    Tensor v = head(qkv.narrow(1, 2 * d, d));
    Tensor future = torch.ones(new long[] {m, m}).triu(1).mul(new Scalar(-1e30));
    Tensor scores =
        q.matmul(k.transpose(-2, -1)).mul(new Scalar(1 / Math.sqrt((double) d / heads)));
    Tensor mixed = scores.add(future).softmax(-1).matmul(v);
    return linear(name + ".out", mixed.transpose(0, 1).reshape(m, d));
  }

  /// `[m, d]` → `[heads, m, d / heads]`
  private Tensor head(Tensor x) {
    long heads = config.heads();
    return x.reshape(x.size(0), heads, config.embeddingSize() / heads).transpose(0, 1);
  }

  private Tensor feedForward(String name, Tensor h) {
    return linear(name + ".down", torch.relu(linear(name + ".up", h)));
  }

  private Tensor linear(String name, Tensor x) {
    return x.matmul(tensor(name + ".weight").t()).add(tensor(name + ".bias"));
  }

  private Tensor norm(String name, Tensor x) {
    return torch.layer_norm(
        x,
        new long[] {config.embeddingSize()},
        new TensorOptional(tensor(name + ".weight")),
        new TensorOptional(tensor(name + ".bias")),
        1e-5,
        false);
  }

  private Tensor rows(String name, int[] rows) {
    return tensor(name + ".weight").index_select(0, AbstractTensor.create(rows));
  }

  private Tensor tensor(String name) {
    int[] shape = weights.shape(name);
    long[] lengths = new long[shape.length];
    for (int i = 0; i < shape.length; i++) {
      lengths[i] = shape[i];
    }
    return AbstractTensor.create(weights.floats(name), lengths);
  }
}
