package io.zhiyin.learning.train;

import io.zhiyin.kernel.nn.Safetensors;
import io.zhiyin.kernel.nn.SequenceConfig;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The sequence model written down once more, line by line from its formula, on libtorch's tensors.
record LibtorchOracle(Safetensors weights, SequenceConfig config) {

  /// All events are items of the table; returns the vector `[d]`.
  float[] encode(int[] items, int[] types, int[] gaps, long[] times) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      int m = items.length;
      // x_j = item + type + gap + position
      Tensor x =
          rows("item", items)
              .add(rows("type", types))
              .add(rows("gap", gaps))
              .add(tensor("position.weight").narrow(0, 0, m));
      x =
          switch (config.architecture()) {
            case GRU4REC -> gru4rec(x);
            case SASREC -> sasrec(x);
            case HSTU -> hstu(x, times);
          };
      Tensor out = norm("norm", x).select(0, m - 1).contiguous();
      float[] result = new float[config.embeddingSize()];
      out.data_ptr_float().get(result);
      return result;
    }
  }

  private Tensor sasrec(Tensor x) {
    Tensor y = x;
    for (int l = 0; l < config.layers(); l++) {
      String block = "blocks." + l;
      y = y.add(attention(block + ".attention", norm(block + ".norm1", y)));
      y = y.add(feedForward(block + ".feedForward", norm(block + ".norm2", y)));
    }
    return y;
  }

  /// x + Wo h + bo, with the states h of the last recurrent layer.
  private Tensor gru4rec(Tensor x) {
    long f = config.hiddenSize();
    Tensor states = x;
    for (int l = 0; l < config.layers(); l++) {
      String block = "blocks." + l;
      Tensor h = torch.zeros(1, f);
      TensorVector rows = new TensorVector();
      for (long t = 0; t < x.size(0); t++) {
        Tensor a = linear(block + ".input", states.narrow(0, t, 1));
        Tensor c = linear(block + ".state", h);
        Tensor r = a.narrow(1, 0, f).add(c.narrow(1, 0, f)).sigmoid();
        Tensor z = a.narrow(1, f, f).add(c.narrow(1, f, f)).sigmoid();
        Tensor n = a.narrow(1, 2 * f, f).add(r.mul(c.narrow(1, 2 * f, f))).tanh();
        h = z.mul(h).add(n).sub(z.mul(n));
        rows.push_back(h);
      }
      states = torch.cat(rows, 0);
    }
    return x.add(linear("out", states));
  }

  /// x + Wo · (norm2(Σ_j SiLU(Q Kᵀ / √(d/H) + position + time) V) ⊙ U) + bo, layer by layer.
  private Tensor hstu(Tensor x, long[] times) {
    int m = times.length;
    long d = config.embeddingSize();
    Tensor y = x;
    for (int l = 0; l < config.layers(); l++) {
      String block = "blocks." + l;
      float[] position = weights.floats(block + ".position.weight", config.maxLength());
      float[] time = weights.floats(block + ".time.weight", 64);
      float[] bias = new float[m * m];
      for (int t = 0; t < m; t++) {
        for (int j = 0; j <= t; j++) {
          // a bucket ends at 1 + seconds = 1.5, 2, 3, 4, 6, 8 …
          double seconds = 1 + (times[t] - times[j]) / 1000.0;
          int octave = (int) Math.floor(Math.log(seconds) / Math.log(2) + 1e-9);
          int bucket = 2 * octave + (seconds >= 1.5 * Math.pow(2, octave) ? 1 : 0);
          bias[t * m + j] = position[t - j] + time[bucket];
        }
      }
      Tensor uqkv = torch.silu(linear(block + ".uqkv", norm(block + ".norm1", y)));
      Tensor q = head(uqkv.narrow(1, d, d));
      Tensor k = head(uqkv.narrow(1, 2 * d, d));
      Tensor v = head(uqkv.narrow(1, 3 * d, d));
      Tensor scores =
          q.matmul(k.transpose(-2, -1))
              .mul(new Scalar(1 / Math.sqrt((double) d / config.heads())))
              .add(AbstractTensor.create(bias, m, m));
      Tensor mixed = torch.silu(scores).tril().matmul(v).transpose(0, 1).reshape(m, d);
      Tensor gated = norm(block + ".norm2", mixed).mul(uqkv.narrow(1, 0, d));
      y = y.add(linear(block + ".out", gated));
    }
    return y;
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
