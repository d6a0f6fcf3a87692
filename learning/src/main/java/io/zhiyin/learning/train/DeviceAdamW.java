package io.zhiyin.learning.train;

import io.zhiyin.kernel.vector.AdamStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// [AdamW] in calls of libtorch over [FlatTensors], for devices: the same numbers but for rounding.
final class DeviceAdamW implements Optimizer {
  private final FlatTensors weights;
  private final FlatTensors means;
  private final FlatTensors squares;
  private final double weightDecay;
  private final double clip;
  private long steps;

  /// @param weights the first of which is the id embedding `[n, d]`
  /// @param clip how long all gradients may be together, 0 for any length
  DeviceAdamW(FlatTensors weights, double weightDecay, double clip) {
    this.weights = weights;
    this.weightDecay = weightDecay;
    this.clip = clip;
    means = FlatTensors.zeros(weights);
    squares = FlatTensors.zeros(weights);
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
    List<Tensor> all = new ArrayList<>(means.parts());
    all.addAll(squares.parts());
    return all;
  }

  /// A gradient and what it changes.
  private record Change(Tensor weights, Tensor means, Tensor squares, Tensor gradient) {}

  /// @param gradients in the order of the weights, undefined where there is none
  /// @param rows of the id embedding that the first gradient is of; all others rest, and so do
  ///   their moments. Without, it is of all rows
  void step(double learningRate, List<Tensor> gradients, Optional<Tensor> rows) {
    AdamStep step = AdamStep.at(++steps, learningRate, weightDecay);
    try (NoGradGuard _ = new NoGradGuard()) {
      List<Change> changes = new ArrayList<>();
      Optional<Change> few = rows.map(numbers -> few(numbers, gradients.getFirst()));
      few.ifPresent(changes::add);
      changes.addAll(runs(gradients, few.isPresent() ? 1 : 0));
      if (clip > 0) {
        shorten(changes);
      }
      changes.forEach(change -> apply(step, change));
      few.ifPresent(change -> putBack(rows.orElseThrow(), change));
    }
  }

  private Change few(Tensor rows, Tensor gradient) {
    return new Change(
        weights.parts().getFirst().detach().index_select(0, rows),
        means.parts().getFirst().index_select(0, rows),
        squares.parts().getFirst().index_select(0, rows),
        gradient);
  }

  private void putBack(Tensor rows, Change change) {
    weights.parts().getFirst().detach().index_copy_(0, rows, change.weights());
    means.parts().getFirst().index_copy_(0, rows, change.means());
    squares.parts().getFirst().index_copy_(0, rows, change.squares());
  }

  /// Neighbours that have a gradient are changed as one; almost always that is all of them.
  private List<Change> runs(List<Tensor> gradients, int from) {
    List<Change> runs = new ArrayList<>();
    int first = from;
    while (first < gradients.size()) {
      int last = first;
      while (last < gradients.size() && gradients.get(last).defined()) {
        last++;
      }
      if (last > first) {
        Tensor[] flat =
            gradients.subList(first, last).stream()
                .map(gradient -> gradient.reshape(-1))
                .toArray(Tensor[]::new);
        runs.add(
            new Change(
                weights.run(first, last),
                means.run(first, last),
                squares.run(first, last),
                torch.cat(new TensorVector(flat))));
      }
      first = last + 1;
    }
    return runs;
  }

  private void shorten(List<Change> changes) {
    Tensor square = torch.zeros(new long[] {1}, weights.all().options());
    for (Change change : changes) {
      square.add_(change.gradient().square().sum());
    }
    // min(1, clip / (length + 1e-6)), without asking the device how long it is
    Tensor shorter =
        square
            .sqrt()
            .add_(new Scalar(1e-6))
            .reciprocal()
            .mul_(new Scalar(clip))
            .clamp_max_(new Scalar(1.0));
    changes.forEach(change -> change.gradient().mul_(shorter));
  }

  private static void apply(AdamStep step, Change change) {
    Tensor gradient = change.gradient();
    change.weights().mul_(new Scalar(step.keep()));
    change.means().lerp_(gradient, new Scalar(step.newMean()));
    change.squares().lerp_(gradient.square(), new Scalar(step.newSquare()));
    Tensor below =
        change.squares().sqrt().mul_(new Scalar(step.root())).add_(new Scalar(step.epsilon()));
    change.weights().addcdiv_(change.means(), below, new Scalar(-step.rate()));
  }
}
