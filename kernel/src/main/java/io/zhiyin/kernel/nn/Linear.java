package io.zhiyin.kernel.nn;

import io.zhiyin.kernel.vector.Affine;
import io.zhiyin.kernel.vector.Kernels;
import java.util.Arrays;

/// y = W x + b. Weights `[out, in]` and `[out]`.
public record Linear(Affine map) {
  /// x `[rows, in]` → y `[rows, out]`, from the given positions of both arrays.
  public void forward(Kernels kernels, float[] x, int xFrom, int rows, float[] y, int yFrom) {
    kernels.linear(map, x, xFrom, rows, y, yFrom);
  }

  /// Rows `from` up to `to` of a weight `[out, in]` and of its bias, as a layer of its own.
  static Linear slice(Safetensors tensors, String name, int from, int to, int out, int in) {
    float[] weight = tensors.floats(name + ".weight", out, in);
    float[] bias = tensors.floats(name + ".bias", out);
    return new Linear(
        new Affine(
            to - from,
            in,
            Arrays.copyOfRange(weight, from * in, to * in),
            Arrays.copyOfRange(bias, from, to)));
  }

  static Linear load(Safetensors tensors, String name, int out, int in) {
    return slice(tensors, name, 0, out, out, in);
  }
}
