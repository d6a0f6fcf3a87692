package io.zhiyin.kernel.nn;

import io.zhiyin.kernel.vector.AttentionShape;
import io.zhiyin.kernel.vector.Kernels;

/// y = Wo · softmax_causal(Q Kᵀ / √(d/H)) V + bo. Weights: query `[d, d]`, keys and values `[2d,
/// d]`, out `[d, d]`; one file tensor `qkv` `[3d, d]` holds the first two.
///
/// [Attention Is All You Need](https://arxiv.org/abs/1706.03762)
public record CausalSelfAttention(AttentionShape shape, Linear query, Linear keyValue, Linear out) {
  /// a `[positions, d]` → y `[queries, d]` for the last `queries` positions; uses q, kv, mixed and
  /// scratch of the workspace.
  void forward(Workspace w, float[] a, int positions, int queries, float[] y) {
    Kernels kernels = w.kernels;
    query.forward(kernels, a, (positions - queries) * shape.size(), queries, w.q, 0);
    keyValue.forward(kernels, a, 0, positions, w.kv, 0);
    kernels.attention(shape, w.q, w.kv, queries, positions, w.scratch, w.mixed);
    out.forward(kernels, w.mixed, 0, queries, y, 0);
  }

  /// a `[d]`, the event at that position → y `[d]`; its keys and values join those before it in kv.
  void append(Workspace w, float[] a, float[] kv, int at, float[] y) {
    Kernels kernels = w.kernels;
    query.forward(kernels, a, 0, 1, w.q, 0);
    keyValue.forward(kernels, a, 0, 1, kv, at * 2 * shape.size());
    kernels.attention(shape, w.q, kv, 1, at + 1, w.scratch, w.mixed);
    out.forward(kernels, w.mixed, 0, 1, y, 0);
  }

  /// a `[positions, d]` → the softmax weights `[H, positions]` of the last position's query, to
  /// `weights[from …]`; uses q and kv of the workspace. For looking at: [#forward] never has them
  /// as a whole.
  void weights(Workspace w, float[] a, int positions, float[] weights, int from) {
    Kernels kernels = w.kernels;
    query.forward(kernels, a, (positions - 1) * shape.size(), 1, w.q, 0);
    keyValue.forward(kernels, a, 0, positions, w.kv, 0);
    int size = shape.headSize();
    for (int head = 0; head < shape.heads(); head++) {
      int row = from + head * positions;
      float max = Float.NEGATIVE_INFINITY;
      for (int j = 0; j < positions; j++) {
        // s_j = q · k_j / √(d/H)
        int key = j * 2 * shape.size() + head * size;
        weights[row + j] = kernels.dot(w.q, head * size, w.kv, key, size) * shape.scale();
        max = Math.max(max, weights[row + j]);
      }
      float sum = 0;
      for (int j = 0; j < positions; j++) {
        weights[row + j] = (float) Math.exp(weights[row + j] - max);
        sum += weights[row + j];
      }
      for (int j = 0; j < positions; j++) {
        weights[row + j] /= sum;
      }
    }
  }

  static CausalSelfAttention load(Safetensors tensors, String name, AttentionShape shape) {
    int d = shape.size();
    String qkv = name + ".qkv";
    return new CausalSelfAttention(
        shape,
        Linear.slice(tensors, qkv, 0, d, 3 * d, d),
        Linear.slice(tensors, qkv, d, 3 * d, 3 * d, d),
        Linear.load(tensors, name + ".out", d, d));
  }
}
