package io.zhiyin.kernel.nn;

import io.zhiyin.kernel.vector.Kernels;

/// y = Wdown · relu(Wup h + bup) + bdown. Weights: up `[F, d]`, down `[d, F]`.
public record FeedForward(Linear up, Linear down) {
  /// h `[rows, d]` → y `[rows, d]`; uses hidden of the workspace.
  void forward(Workspace w, float[] h, int rows, float[] y) {
    Kernels kernels = w.kernels;
    up.forward(kernels, h, 0, rows, w.hidden, 0);
    kernels.relu(w.hidden, 0, rows * up.map().out());
    down.forward(kernels, w.hidden, 0, rows, y, 0);
  }

  static FeedForward load(Safetensors tensors, String name, int size, int hiddenSize) {
    return new FeedForward(
        Linear.load(tensors, name + ".up", hiddenSize, size),
        Linear.load(tensors, name + ".down", size, hiddenSize));
  }
}
