package io.zhiyin.kernel.nn;

import io.zhiyin.kernel.vector.Kernels;
import java.util.Arrays;

/// One recurrent layer over rows x_t, from the state h = 0. Weights: input `[3F, in]`, state
/// `[3F, F]`; in both the reset gate's rows come first, then the update gate's, then the new
/// state's.
///
///     a = W x_t + b          c = U h + e
///     r = σ(a_r + c_r)       z = σ(a_z + c_z)       n = tanh(a_n + r ⊙ c_n)
///     h = (1 − z) ⊙ n + z ⊙ h
///
/// [Learning Phrase Representations using RNN
/// Encoder-Decoder](https://arxiv.org/abs/1406.1078), with the reset inside, as cuDNN and PyTorch
/// have it.
record GatedRecurrentUnit(Linear input, Linear state) {
  /// x `[rows, in]` → all states h `[rows, F]`, which may be x itself; uses gates and scratch of
  /// the workspace.
  void forward(Workspace w, float[] x, int rows, float[] h) {
    Kernels kernels = w.kernels;
    int size = state.map().in();
    // what the inputs say needs no state: all rows at once
    input.forward(kernels, x, 0, rows, w.gates, 0);
    Arrays.fill(w.start, 0);
    for (int t = 0; t < rows; t++) {
      step(w, t * 3 * size, h, t);
    }
  }

  /// h[t] from h[t − 1] and what the input says, which is at `gates` of the workspace's gates.
  private void step(Workspace w, int gates, float[] h, int t) {
    int size = state.map().in();
    float[] before = t == 0 ? w.start : h;
    int from = t == 0 ? 0 : (t - 1) * size;
    state.forward(w.kernels, before, from, 1, w.scratch, 0);
    w.kernels.gru(w.gates, gates, w.scratch, 0, before, from, h, t * size, size);
  }

  /// x `[in]` from there on → h[t], after the states before it.
  void append(Workspace w, float[] x, int from, float[] h, int t) {
    input.forward(w.kernels, x, from, 1, w.gates, 0);
    Arrays.fill(w.start, 0);
    step(w, 0, h, t);
  }

  static GatedRecurrentUnit load(Safetensors tensors, String name, int size, int in) {
    return new GatedRecurrentUnit(
        Linear.load(tensors, name + ".input", 3 * size, in),
        Linear.load(tensors, name + ".state", 3 * size, size));
  }
}
