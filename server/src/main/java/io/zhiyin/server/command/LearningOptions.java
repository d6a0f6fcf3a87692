package io.zhiyin.server.command;

import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.learning.train.TrainingOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How long and with which seed to learn.
final class LearningOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = {"Passes over the data at most; early stopping may end it before.", "最多训练轮数。"})
  private @Nullable Integer epochs;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = {"Of every random choice (default 1).", "随机种子。"})
  private @Nullable Long seed;

  @Option(
      names = "--max-seconds",
      paramLabel = "N",
      description = {"Wall-clock time at most; the best weights so far are kept.", "最长训练时间（秒）。"})
  private @Nullable Integer maxSeconds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = {
        "Of the numeric library; 1 gives the same bytes for the same seed.",
        "计算线程数；1 可完全复现。"
      })
  private @Nullable Integer threads;

  TrainingOptions options() {
    TrainingOptions options = TrainingOptions.defaults();
    options = epochs == null ? options : options.withEpochs(positive("epochs", epochs));
    options = seed == null ? options : options.withSeed(seed);
    options = threads == null ? options : options.withThreads(positive("threads", threads));
    return maxSeconds == null
        ? options
        : options.withBudget(Duration.ofSeconds(positive("max-seconds", maxSeconds)));
  }

  private static int positive(String name, int value) {
    if (value < 1) {
      throw new InvalidFieldException(name, value, "must be at least 1");
    }
    return value;
  }
}
