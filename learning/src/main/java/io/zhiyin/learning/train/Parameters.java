package io.zhiyin.learning.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// What a network learns: tensors by the names of the saved file, in the order in which they were
/// made, and the layers that are made of them.
final class Parameters {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /// Normal numbers around 0 of that deviation.
  void normal(String name, double deviation, int... shape) {
    long[] sizes = Arrays.stream(shape).asLongStream().toArray();
    try (NoGradGuard _ = new NoGradGuard()) {
      put(name, torch.randn(sizes).mul(new Scalar(deviation)));
    }
  }

  /// The weights `[out, in]` and `[out]` of [#linear(String, Tensor)].
  void linear(String name, int out, int in) {
    normal(name + ".weight", Math.sqrt(2.0 / (in + out)), out, in);
    put(name + ".bias", torch.zeros(out));
  }

  /// A linear layer that adds nothing at first, so that what it stands in starts as the identity.
  void silent(String name, int out, int in) {
    put(name + ".weight", torch.zeros(out, in));
    put(name + ".bias", torch.zeros(out));
  }

  /// The weights of [#norm(String, Tensor)].
  void norm(String name, int size) {
    put(name + ".weight", torch.ones(size));
    put(name + ".bias", torch.zeros(size));
  }

  /// Numbers that are 0 at first.
  void zeros(String name, int size) {
    put(name, torch.zeros(size));
  }

  private void put(String name, Tensor value) {
    value.set_requires_grad(true);
    tensors.put(name, value);
  }

  boolean has(String name) {
    return tensors.containsKey(name);
  }

  Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException("no parameter is named " + name);
    }
    return tensor;
  }

  /// y = W x + b over the last dimension
  Tensor linear(String name, Tensor x) {
    return torch.linear(x, get(name + ".weight"), new TensorOptional(get(name + ".bias")));
  }

  /// y = (x − mean) / √(variance + 1e-5) · gain + bias over the last dimension
  Tensor norm(String name, Tensor x) {
    Tensor gain = get(name + ".weight");
    return torch.layer_norm(
        x,
        gain.shape(),
        new TensorOptional(gain),
        new TensorOptional(get(name + ".bias")),
        1e-5,
        false);
  }

  /// Rows of a table `[rows, size]`.
  Tensor rows(String table, Tensor indices) {
    return get(table).index_select(0, indices);
  }

  /// Moves all where `like` is, into one tensor; what was [given out][#get] before is theirs no
  /// more.
  FlatTensors flatten(Tensor like) {
    FlatTensors flat = FlatTensors.copied(all(), like);
    List<String> names = names();
    for (int p = 0; p < names.size(); p++) {
      put(names.get(p), flat.parts().get(p));
    }
    return flat;
  }

  /// Moves all back to the CPU, each on its own.
  void unflatten() {
    tensors.replaceAll((_, tensor) -> apart(tensor));
  }

  private static Tensor apart(Tensor tensor) {
    try (NoGradGuard _ = new NoGradGuard()) {
      return tensor.detach().cpu().clone().set_requires_grad(true);
    }
  }

  List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  /// All, in the order of the names.
  List<Tensor> all() {
    return List.copyOf(tensors.values());
  }

  /// A copy of all numbers, by name.
  Map<String, float[]> numbers() {
    Map<String, float[]> copy = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> copy.put(name, Tensors.floats(tensor)));
    return copy;
  }

  /// Puts numbers of [#numbers] back.
  void restore(Map<String, float[]> numbers) {
    try (NoGradGuard _ = new NoGradGuard()) {
      numbers.forEach(
          (name, values) -> {
            Tensor parameter = get(name);
            parameter.copy_(AbstractTensor.create(values, parameter.shape()));
          });
    }
  }
}
