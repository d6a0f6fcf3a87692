package io.zhiyin.learning.train;

import org.bytedeco.pytorch.Tensor;

/// Numbers out of libtorch's memory and back.
final class Tensors {
  private Tensors() {}

  /// All numbers of a float tensor, row-major.
  static float[] floats(Tensor tensor) {
    Tensor dense = tensor.detach().contiguous();
    float[] result = new float[Math.toIntExact(dense.numel())];
    dense.data_ptr_float().get(result);
    return result;
  }
}
