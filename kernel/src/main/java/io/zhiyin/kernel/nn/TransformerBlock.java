package io.zhiyin.kernel.nn;

import io.zhiyin.kernel.vector.AttentionShape;
import io.zhiyin.kernel.vector.Kernels;

/// A pre-norm block: x += Attention(LayerNorm₁(x)); x += FeedForward(LayerNorm₂(x)).
///
/// [On Layer Normalization in the Transformer Architecture](https://arxiv.org/abs/2002.04745)
public record TransformerBlock(
    LayerNorm norm1, CausalSelfAttention attention, LayerNorm norm2, FeedForward feedForward) {
  /// Updates the last `queries` of the `positions` rows of the workspace's x `[positions, d]` in
  /// place; the rows before them are only looked at.
  void forward(Workspace w, int positions, int queries) {
    Kernels kernels = w.kernels;
    int size = attention.shape().size();
    int first = (positions - queries) * size;
    // a = LayerNorm1(x), of all positions because all are keys
    norm1.forward(kernels, w.x, 0, positions, w.normed, 0);
    attention.forward(w, w.normed, positions, queries, w.change);
    kernels.add(w.change, 0, w.x, first, queries * size);
    // h = LayerNorm2(x)
    norm2.forward(kernels, w.x, first, queries, w.normed, 0);
    feedForward.forward(w, w.normed, queries, w.change);
    kernels.add(w.change, 0, w.x, first, queries * size);
  }

  /// Updates the workspace's first row x `[d]`, the event at that position, whose keys and values
  /// are added to those of the events before it in kv `[maxLength, 2d]`.
  void append(Workspace w, float[] kv, int at) {
    Kernels kernels = w.kernels;
    int size = attention.shape().size();
    norm1.forward(kernels, w.x, 0, 1, w.normed, 0);
    attention.append(w, w.normed, kv, at, w.change);
    kernels.add(w.change, 0, w.x, 0, size);
    norm2.forward(kernels, w.x, 0, 1, w.normed, 0);
    feedForward.forward(w, w.normed, 1, w.change);
    kernels.add(w.change, 0, w.x, 0, size);
  }

  static TransformerBlock load(
      Safetensors tensors, String name, AttentionShape shape, int hiddenSize) {
    return new TransformerBlock(
        LayerNorm.load(tensors, name + ".norm1", shape.size()),
        CausalSelfAttention.load(tensors, name + ".attention", shape),
        LayerNorm.load(tensors, name + ".norm2", shape.size()),
        FeedForward.load(tensors, name + ".feedForward", shape.size(), hiddenSize));
  }
}
