package io.zhiyin.learning.train;

import java.time.Duration;

/// What a person may choose about a training.
///
/// @param epochs passes over the data at most; early stopping may end it before
/// @param seed of every random choice
/// @param budget wall-clock time at most: when it is over, the best weights so far are kept
/// @param threads that share out each step on the CPU; the same number gives the same bytes for the
///   same seed
/// @param device where steps are computed
public record TrainingOptions(
    int epochs, long seed, Duration budget, int threads, TrainingDevice device) {
  /// On CUDA where it is there.
  public TrainingOptions(int epochs, long seed, Duration budget, int threads) {
    this(epochs, seed, budget, threads, TrainingDevice.AUTO);
  }

  public TrainingOptions {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, not " + epochs);
    }
    if (budget.isNegative() || budget.isZero()) {
      throw new IllegalArgumentException("the time for training must be longer than zero");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
  }

  public static TrainingOptions defaults() {
    return new TrainingOptions(
        60, 1, Duration.ofMinutes(14), Math.min(2, Runtime.getRuntime().availableProcessors()));
  }

  public TrainingOptions withEpochs(int value) {
    return new TrainingOptions(value, seed, budget, threads, device);
  }

  public TrainingOptions withSeed(long value) {
    return new TrainingOptions(epochs, value, budget, threads, device);
  }

  public TrainingOptions withBudget(Duration value) {
    return new TrainingOptions(epochs, seed, value, threads, device);
  }

  public TrainingOptions withThreads(int value) {
    return new TrainingOptions(epochs, seed, budget, value, device);
  }

  public TrainingOptions withDevice(TrainingDevice value) {
    return new TrainingOptions(epochs, seed, budget, threads, value);
  }
}
