package io.zhiyin.learning.train;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Numbers out of libtorch's memory and back.
final class Tensors {
  private Tensors() {}

  /// All numbers of a float tensor, row-major, wherever it is.
  static float[] floats(Tensor tensor) {
    Tensor dense = tensor.detach().cpu().contiguous();
    float[] result = new float[Math.toIntExact(dense.numel())];
    dense.data_ptr_float().get(result);
    return result;
  }

  /// All numbers of a tensor of whole numbers, wherever it is.
  static long[] longs(Tensor tensor) {
    Tensor dense = tensor.cpu().contiguous();
    long[] result = new long[Math.toIntExact(dense.numel())];
    dense.data_ptr_long().get(result);
    return result;
  }

  /// A tensor on the first CUDA device, which from now on computes with all digits of a float.
  static Tensor onCuda() {
    // as the launcher's TORCH_CPP_LOG_LEVEL says: cuDNN would be told at every step how to lay GRUs
    // out
    torch.initLogging();
    torch.globalContext().setAllowTF32CuDNN(false);
    torch.globalContext().setAllowTF32CuBLAS(false);
    return torch.zeros(1).cuda();
  }

  /// A tensor where `like` is: itself, or a copy.
  static Tensor moved(Tensor like, Tensor tensor) {
    return tensor.to(like.device(), tensor.scalar_type());
  }

  /// A tensor of the CPU where `like` is: itself, or a copy on the device. Nobody waits for the
  /// copy: it is made between the calls before and after, from memory that the device reads by
  /// itself.
  static Tensor beside(Tensor like, Tensor host) {
    return like.is_cuda()
        ? host.pin_memory()
            .to(like.device(), host.scalar_type(), true, false, new MemoryFormatOptional())
        : host;
  }

  /// Arrays as tensors where `like` is, in one copy.
  static List<Tensor> beside(Tensor like, List<long[]> arrays) {
    if (!like.is_cuda()) {
      return arrays.stream().map(AbstractTensor::create).toList();
    }
    long[] all = new long[arrays.stream().mapToInt(array -> array.length).sum()];
    int at = 0;
    for (long[] array : arrays) {
      System.arraycopy(array, 0, all, at, array.length);
      at += array.length;
    }
    Tensor there = beside(like, AbstractTensor.create(all));
    List<Tensor> tensors = new ArrayList<>();
    at = 0;
    for (long[] array : arrays) {
      tensors.add(there.narrow(0, at, array.length));
      at += array.length;
    }
    return tensors;
  }
}
