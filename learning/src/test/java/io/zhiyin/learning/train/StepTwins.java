package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhiyin.kernel.nn.Architecture;
import io.zhiyin.learning.dataset.Batches;
import io.zhiyin.learning.dataset.SequenceBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.provider.Arguments;

/// The same steps, taken by the CPU's kernels and by calls of libtorch where a tensor is.
final class StepTwins {
  private StepTwins() {}

  /// Every architecture, with all items and with drawn ones, plain and with all that a step may
  /// add.
  static Stream<Arguments> cases() {
    return Stream.of(Architecture.values())
        .flatMap(
            architecture ->
                Stream.of(0, 9)
                    .flatMap(
                        sampled ->
                            Stream.of(false, true)
                                .map(full -> Arguments.of(architecture, sampled, full))));
  }

  static SequenceSettings settings(Architecture architecture, int sampled, boolean full) {
    SequenceSettings settings =
        TrainingStepTest.PLAIN
            .withArchitecture(architecture)
            .withNegatives(sampled == 0 ? 1_000 : sampled);
    return full
        ? settings.withRecipe(Recipe.PLAIN.withClip(0.5).withSmoothing(0.1).withAveraging(0.9))
        : settings;
  }

  /// Losses and, after the last step, the weights.
  record Outcome(List<Double> losses, List<float[]> weights) {}

  /// The steps of one pass.
  ///
  /// @param like where they are taken, or nothing for the CPU's kernels
  static Outcome pass(SequenceSettings settings, Supplier<Tensor> like) {
    Batches batches = new Batches(TrainingStepTest.sequences(), 12, 24, 24, 1);
    try (PointerScope _ = new PointerScope()) {
      SequenceNetwork network = TrainingStepTest.network(settings);
      Tensor place = like.get();
      if (place.defined()) {
        network.moveTo(place);
      }
      List<Double> losses = new ArrayList<>();
      try (Learner learner = Learner.of(settings, 1, network, batches, new Alone())) {
        for (List<SequenceBatch.Window> windows : batches.pass(0)) {
          losses.add(step(learner, batches, windows));
        }
      }
      return new Outcome(losses, List.copyOf(network.weights().values()));
    }
  }

  static double step(Learner learner, Batches batches, List<SequenceBatch.Window> windows) {
    LearningStep.Outcome outcome =
        learner.step().of(List.of(batches.arrays(windows)), 5, 1e-3, () -> false);
    learner.averages().ifPresent(average -> average.step(learner.optimizer().steps()));
    return outcome.loss().getAsDouble();
  }

  static void assertSame(Outcome expected, Outcome given) {
    assertEquals(expected.losses().size(), given.losses().size());
    for (int i = 0; i < expected.losses().size(); i++) {
      assertEquals(expected.losses().get(i), given.losses().get(i), 2e-4, "loss of step " + i);
    }
    // AdamW turns tiny gradients into whole steps, whatever their last digits: a tenth of one step
    double moved = 0;
    int numbers = 0;
    for (int p = 0; p < expected.weights().size(); p++) {
      for (int i = 0; i < expected.weights().get(p).length; i++) {
        moved += Math.abs(expected.weights().get(p)[i] - given.weights().get(p)[i]);
        numbers++;
      }
    }
    assertEquals(0, moved / numbers, 1e-5, "mean distance of weights after steps of 1e-3");
    TrainingStepTest.assertNear(expected.weights(), given.weights(), 5e-3f);
  }
}
