package io.zhiyin.kernel.nn;

import io.zhiyin.kernel.vector.Kernels;

/// y = (x − mean) / √(variance + 1e-5) · gain + bias, row by row. Weights `[d]` each.
///
/// [Layer Normalization](https://arxiv.org/abs/1607.06450)
public record LayerNorm(float[] gain, float[] bias) {
  /// x `[rows, d]` → y `[rows, d]`; both may be the same array at the same position.
  public void forward(Kernels kernels, float[] x, int xFrom, int rows, float[] y, int yFrom) {
    int size = gain.length;
    for (int r = 0; r < rows; r++) {
      kernels.layerNorm(x, xFrom + r * size, gain, bias, y, yFrom + r * size, size);
    }
  }

  static LayerNorm load(Safetensors tensors, String name, int size) {
    return new LayerNorm(
        tensors.floats(name + ".weight", size), tensors.floats(name + ".bias", size));
  }
}
