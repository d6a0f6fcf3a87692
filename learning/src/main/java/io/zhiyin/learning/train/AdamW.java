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
final class AdamW {
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

  /// Steps done so far.
  long steps() {
    return steps;
  }

  /// Goes on as after so many steps, with moments that were put back.
  void resume(long done) {
    steps = done;
  }

  /// Moments in the order of the weights, first all means, then all squares.
  List<Tensor> moments() {
    List<Tensor> all = new ArrayList<>(means);
    all.addAll(squares);
    return all;
  }

  /// Counts one step, whose parts then follow.
  AdamStep next(double learningRate) {
    return AdamStep.at(++steps, learningRate, weightDecay);
  }

  /// One member's share of the step.
  ///
  /// @param gradients in the order of the weights, contiguous; an undefined one changes nothing
  void step(AdamStep step, List<Tensor> gradients, Team team, int member) {
    for (int p = 0; p < weights.size(); p++) {
      if (gradients.get(p).defined()) {
        int length = Math.toIntExact(weights.get(p).numel());
        int from = team.from(member, length);
        kernels.adam(
            step,
            memory(weights.get(p)),
            memory(gradients.get(p)),
            memory(means.get(p)),
            memory(squares.get(p)),
            from,
            team.from(member + 1, length) - from);
      }
    }
  }

  @SuppressWarnings("restricted") // the memory of a tensor that outlives the call
  static MemorySegment memory(Tensor tensor) {
    FloatPointer pointer = tensor.data_ptr_float();
    return MemorySegment.ofAddress(pointer.address()).reinterpret(tensor.numel() * Float.BYTES);
  }
}
