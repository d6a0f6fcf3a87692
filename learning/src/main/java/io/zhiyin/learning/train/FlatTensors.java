package io.zhiyin.learning.train;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Several tensors whose numbers lie one after the other in one: what is done to all of them is one
/// call of libtorch, which on a device is one kernel instead of dozens.
///
/// @param all every number `[N]`
/// @param parts the tensors, which share the numbers of `all`
record FlatTensors(Tensor all, List<Tensor> parts) {
  /// Copies of tensors, on the device of `like`.
  static FlatTensors copied(List<Tensor> tensors, Tensor like) {
    try (NoGradGuard _ = new NoGradGuard()) {
      Tensor[] flat =
          tensors.stream().map(tensor -> tensor.detach().reshape(-1)).toArray(Tensor[]::new);
      return over(Tensors.moved(like, torch.cat(new TensorVector(flat))), tensors);
    }
  }

  /// Zeros of the same shapes in the same place.
  static FlatTensors zeros(FlatTensors like) {
    try (NoGradGuard _ = new NoGradGuard()) {
      return over(torch.zeros_like(like.all), like.parts);
    }
  }

  /// The same numbers elsewhere.
  FlatTensors copy() {
    try (NoGradGuard _ = new NoGradGuard()) {
      return over(all.clone(), parts);
    }
  }

  private static FlatTensors over(Tensor all, List<Tensor> shapes) {
    List<Tensor> parts = new ArrayList<>();
    long at = 0;
    for (Tensor shape : shapes) {
      parts.add(all.narrow(0, at, shape.numel()).view(shape.shape()).detach());
      at += shape.numel();
    }
    return new FlatTensors(all, List.copyOf(parts));
  }

  /// The numbers of neighbouring parts, as one.
  ///
  /// @param last exclusive
  Tensor run(int first, int last) {
    return all.narrow(0, start(first), start(last) - start(first));
  }

  private long start(int part) {
    return parts.subList(0, part).stream().mapToLong(Tensor::numel).sum();
  }
}
