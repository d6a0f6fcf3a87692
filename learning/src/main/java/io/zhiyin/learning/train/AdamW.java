package io.zhiyin.learning.train;

import io.zhiyin.kernel.vector.AdamStep;
import io.zhiyin.kernel.vector.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// AdamW over tensors that lie one after the other in memory each, in one pass and shared out to
/// the members of a team: as torch's, with the moments at hand to be saved.
///
/// [Decoupled Weight Decay Regularization](https://arxiv.org/abs/1711.05101)
final class AdamW implements Optimizer {
  private final Kernels kernels = Kernels.active();
  private final List<Tensor> weights;
  private final List<Tensor> means = new ArrayList<>();
  private final List<Tensor> squares = new ArrayList<>();
  private final double weightDecay;
  private long steps;

  AdamW(List<Tensor> weights, double weightDecay) {
    this.weights = weights;
    this.weightDecay = weightDecay;
    for (Tensor weight : weights) {
      means.add(torch.zeros(weight.shape()));
      squares.add(torch.zeros(weight.shape()));
    }
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public void resume(long done) {
    steps = done;
  }

  @Override
  public List<Tensor> moments() {
    List<Tensor> all = new ArrayList<>(means);
    all.addAll(squares);
    return all;
  }

  /// Counts one step, whose parts then follow.
  AdamStep next(double learningRate) {
    return AdamStep.at(++steps, learningRate, weightDecay);
  }

  /// A member's share of the step of one tensor.
  ///
  /// @param number of the tensor
  /// @param gradient of all of it, contiguous
  void share(AdamStep step, int number, Tensor gradient, Team team, int member) {
    int length = Math.toIntExact(gradient.numel());
    int from = team.from(member, length);
    kernels.adam(
        step,
        memory(weights.get(number)),
        memory(gradient),
        memory(means.get(number)),
        memory(squares.get(number)),
        from,
        team.from(member + 1, length) - from);
  }

  /// The step of neighbouring rows of the first tensor.
  ///
  /// @param gradient of these rows, contiguous
  void rows(AdamStep step, int from, int to, Tensor gradient) {
    rows(step, from, (long) to - from, memory(gradient));
  }

  /// The step of single rows of the first tensor; all others rest, and so do their moments.
  ///
  /// @param gradient of these rows, contiguous
  void rows(AdamStep step, long[] numbers, Tensor gradient) {
    MemorySegment gradients = memory(gradient);
    long bytes = gradients.byteSize() / Math.max(1, numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      rows(step, numbers[i], 1, gradients.asSlice(i * bytes, bytes));
    }
  }

  private void rows(AdamStep step, long from, long count, MemorySegment gradients) {
    long width = weights.getFirst().size(1);
    long at = from * width * Float.BYTES;
    long bytes = count * width * Float.BYTES;
    kernels.adam(
        step,
        memory(weights.getFirst()).asSlice(at, bytes),
        gradients,
        memory(means.getFirst()).asSlice(at, bytes),
        memory(squares.getFirst()).asSlice(at, bytes),
        0,
        count * width);
  }

  @SuppressWarnings("restricted") // the memory of a tensor that outlives the call
  static MemorySegment memory(Tensor tensor) {
    FloatPointer pointer = tensor.data_ptr_float();
    return MemorySegment.ofAddress(pointer.address()).reinterpret(tensor.numel() * Float.BYTES);
  }
}
