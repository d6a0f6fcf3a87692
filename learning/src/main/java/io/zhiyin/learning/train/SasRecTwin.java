package io.zhiyin.learning.train;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// A causal pre-norm transformer of L blocks and H heads.
///
/// [Self-Attentive Sequential Recommendation](https://arxiv.org/abs/1808.09781)
record SasRecTwin(SequenceSettings settings, Parameters parameters) implements TrainableBody {
  static SasRecTwin of(SequenceSettings settings, Parameters parameters) {
    int d = settings.embeddingSize();
    int hidden = settings.hiddenSize();
    for (int l = 0; l < settings.layers(); l++) {
      String block = "blocks." + l + ".";
      parameters.norm(block + "norm1", d);
      parameters.linear(block + "attention.qkv", 3 * d, d);
      parameters.silent(block + "attention.out", d, d);
      parameters.norm(block + "norm2", d);
      parameters.linear(block + "feedForward.up", hidden, d);
      parameters.silent(block + "feedForward.down", d, hidden);
    }
    return new SasRecTwin(settings, parameters);
  }

  @Override
  public Tensor forward(Tensor x, BatchTensors batch, Dropout dropout) {
    double p = settings.dropout();
    int d = settings.embeddingSize();
    for (int l = 0; l < settings.layers(); l++) {
      String block = "blocks." + l + ".";
      // x += Wo · attention(norm1(x)) + bo
      Tensor change = attention(block + "attention.", parameters.norm(block + "norm1", x), dropout);
      x = x.add(dropout.of(change, p));
      if (l == settings.layers() - 1) {
        // from here on only the places where something is asked [V, d]
        x = x.view(-1, d).index_select(0, batch.asked());
      }
      // x += Wdown · relu(Wup · norm2(x) + bup) + bdown
      Tensor normed = parameters.norm(block + "norm2", x);
      Tensor hidden = torch.relu(parameters.linear(block + "feedForward.up", normed));
      change = parameters.linear(block + "feedForward.down", dropout.of(hidden, p));
      x = x.add(dropout.of(change, p));
    }
    return x;
  }

  /// Wo · softmax_causal(Q Kᵀ / √(d/H)) V + bo over x `[B, L, d]`.
  private Tensor attention(String name, Tensor x, Dropout dropout) {
    long b = x.size(0);
    long length = x.size(1);
    int d = settings.embeddingSize();
    int heads = settings.heads();
    // [B, L, 3d] → [3, B, H, L, d/H]
    Tensor qkv =
        parameters
            .linear(name + "qkv", x)
            .view(b, length, 3, heads, d / heads)
            .permute(2, 0, 3, 1, 4);
    Tensor q = qkv.select(0, 0);
    Tensor k = qkv.select(0, 1);
    Tensor v = qkv.select(0, 2);
    Tensor mixed =
        dropout.masksAttention()
            ? mixed(q, k, v, dropout)
            : mixed(q, k, v, dropout.training() ? settings.dropout() : 0);
    return parameters.linear(name + "out", mixed.transpose(1, 2).reshape(b, length, d));
  }

  private static Tensor mixed(Tensor q, Tensor k, Tensor v, double p) {
    return torch.scaled_dot_product_attention(
        q, k, v, new TensorOptional(), p, true, new DoubleOptional(), false);
  }

  /// The same written out, for masks of our own on the shares of attention `[B, H, L, L]`.
  private Tensor mixed(Tensor q, Tensor k, Tensor v, Dropout dropout) {
    long length = q.size(2);
    Tensor future =
        torch
            .full(new long[] {length, length}, new Scalar(Float.NEGATIVE_INFINITY), q.options())
            .triu(1);
    Tensor scaled = q.mul(new Scalar(1 / Math.sqrt((double) q.size(3))));
    Tensor shares = torch.softmax(scaled.matmul(k.transpose(-2, -1)).add(future), -1);
    return dropout.of(shares, settings.dropout()).matmul(v);
  }
}
