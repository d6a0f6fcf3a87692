package io.zhiyin.learning.train;

import io.zhiyin.learning.dataset.SequenceBatch;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/// One step of learning after the other: from batches to changed weights.
sealed interface LearningStep extends AutoCloseable permits TrainingStep, DeviceStep {
  /// @param loss mean over the weights of what is asked; to be read once, at the latest before the
  ///   step is closed. Where a device computes it, who reads it waits until the step is done
  /// @param last whether the leader wants no further step
  record Outcome(DoubleSupplier loss, boolean last) {}

  /// In how many parts a step is cut.
  int shares();

  /// @param parts one for each share, some of which may ask nothing
  /// @param seed of the step
  /// @param enough whether this is the last step; only the leader's answer counts
  Outcome of(List<SequenceBatch> parts, long seed, double learningRate, BooleanSupplier enough);

  @Override
  void close();
}
