package io.zhiyin.kernel.nn;

import io.zhiyin.kernel.vector.AttentionShape;
import io.zhiyin.kernel.vector.Kernels;
import java.util.Arrays;

/// One layer of [Hstu]. Weights: gate and query `[2d, d]`, keys and values `[2d, d]` (one file
/// tensor `uqkv` `[4d, d]` holds both), out `[d, d]`, position `[P]`, time `[64]`.
///
///     U, Q, K, V = SiLU(W · LayerNorm₁(x) + b)
///     s_tj = SiLU(Q_t · K_j / √(d/H) + position[t − j] + time[bucket(time_t − time_j)])     j ≤ t
///     x_t += Wo · (LayerNorm₂(Σ_j s_tj V_j) ⊙ U_t) + bo
///
/// The paper divides s by the length of the window, which the second norm would take out again.
record HstuBlock(
    AttentionShape shape,
    LayerNorm norm1,
    Linear gateQuery,
    Linear keyValue,
    float[] position,
    float[] time,
    LayerNorm norm2,
    Linear out) {
  /// Updates the last `queries` of the `positions` rows of the workspace's x `[positions, d]` in
  /// place; the rows before them are only looked at.
  void forward(Workspace w, int positions, int queries) {
    Kernels kernels = w.kernels;
    int d = shape.size();
    int first = positions - queries;
    norm1.forward(kernels, w.x, 0, positions, w.normed, 0);
    gateQuery.forward(kernels, w.normed, first * d, queries, w.gates, 0);
    kernels.silu(w.gates, 0, queries * 2 * d);
    keyValue.forward(kernels, w.normed, 0, positions, w.kv, 0);
    kernels.silu(w.kv, 0, positions * 2 * d);
    for (int t = first; t < positions; t++) {
      mix(w, w.kv, t, t * positions, (t - first) * 2 * d, (t - first) * d);
    }
    norm2.forward(kernels, w.mixed, 0, queries, w.mixed, 0);
    for (int r = 0; r < queries; r++) {
      kernels.multiply(w.gates, r * 2 * d, w.mixed, r * d, d);
    }
    out.forward(kernels, w.mixed, 0, queries, w.change, 0);
    kernels.add(w.change, 0, w.x, first * d, queries * d);
  }

  /// Updates the workspace's first row x `[d]`, the event at that position, whose keys and values
  /// are added to those of the events before it in kv `[maxLength, 2d]`.
  void append(Workspace w, float[] kv, int at) {
    Kernels kernels = w.kernels;
    int d = shape.size();
    norm1.forward(kernels, w.x, 0, 1, w.normed, 0);
    gateQuery.forward(kernels, w.normed, 0, 1, w.gates, 0);
    kernels.silu(w.gates, 0, 2 * d);
    keyValue.forward(kernels, w.normed, 0, 1, kv, at * 2 * d);
    kernels.silu(kv, at * 2 * d, 2 * d);
    mix(w, kv, at, 0, 0, 0);
    norm2.forward(kernels, w.mixed, 0, 1, w.mixed, 0);
    kernels.multiply(w.gates, 0, w.mixed, 0, d);
    out.forward(kernels, w.mixed, 0, 1, w.change, 0);
    kernels.add(w.change, 0, w.x, 0, d);
  }

  /// mixed[to …] = Σ_j s_tj V_j of all heads. The gate of position t is at `from` of the
  /// workspace's gates, its query d numbers later; its elapsed times are at `times`.
  private void mix(Workspace w, float[] kv, int t, int times, int from, int to) {
    Kernels kernels = w.kernels;
    int d = shape.size();
    int head = shape.headSize();
    int seen = t + 1;
    int scores = w.scratch.length / 2;
    for (int j = 0; j < seen; j++) {
      w.scratch[j] = position[t - j] + time[w.elapsed[times + j]];
    }
    Arrays.fill(w.mixed, to, to + d, 0);
    for (int h = 0; h < d; h += head) {
      for (int j = 0; j < seen; j++) {
        float product = kernels.dot(w.gates, from + d + h, kv, j * 2 * d + h, head);
        w.scratch[scores + j] = product * shape.scale() + w.scratch[j];
      }
      kernels.silu(w.scratch, scores, seen);
      for (int j = 0; j < seen; j++) {
        kernels.axpy(w.scratch[scores + j], kv, (j * 2 + 1) * d + h, w.mixed, to + h, head);
      }
    }
  }

  /// The weights s_tj `[H, positions]` of the last position's query over the events of the window,
  /// to `weights[from …]`, of the workspace's x `[positions, d]`, which is not changed; uses
  /// normed, gates and kv. For looking at: [#forward] has those of one head at a time.
  void weights(Workspace w, int positions, float[] weights, int from) {
    Kernels kernels = w.kernels;
    int d = shape.size();
    int t = positions - 1;
    norm1.forward(kernels, w.x, 0, positions, w.normed, 0);
    gateQuery.forward(kernels, w.normed, t * d, 1, w.gates, 0);
    kernels.silu(w.gates, 0, 2 * d);
    keyValue.forward(kernels, w.normed, 0, positions, w.kv, 0);
    kernels.silu(w.kv, 0, positions * 2 * d);
    for (int head = 0; head < shape.heads(); head++) {
      int h = head * shape.headSize();
      int row = from + head * positions;
      for (int j = 0; j < positions; j++) {
        float product = kernels.dot(w.gates, d + h, w.kv, j * 2 * d + h, shape.headSize());
        float bias = position[t - j] + time[w.elapsed[t * positions + j]];
        weights[row + j] = product * shape.scale() + bias;
      }
      kernels.silu(weights, row, positions);
    }
  }

  static HstuBlock load(Safetensors tensors, String name, SequenceConfig config) {
    AttentionShape shape = config.attention();
    int d = shape.size();
    String uqkv = name + ".uqkv";
    return new HstuBlock(
        shape,
        LayerNorm.load(tensors, name + ".norm1", d),
        Linear.slice(tensors, uqkv, 0, 2 * d, 4 * d, d),
        Linear.slice(tensors, uqkv, 2 * d, 4 * d, 4 * d, d),
        tensors.floats(name + ".position.weight", config.maxLength()),
        tensors.floats(name + ".time.weight", ElapsedTime.BUCKETS),
        LayerNorm.load(tensors, name + ".norm2", d),
        Linear.load(tensors, name + ".out", d, d));
  }
}
