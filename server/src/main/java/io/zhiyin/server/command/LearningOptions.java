package io.zhiyin.server.command;

import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.kernel.nn.Architecture;
import io.zhiyin.learning.train.SequenceSettings;
import io.zhiyin.learning.train.TrainingOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What to learn, how long and with which seed.
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
        "Of each process, that share out each step; the same number gives the same bytes for the same seed.",
        "每个进程的计算线程数；线程数与种子相同则结果逐字节相同。"
      })
  private @Nullable Integer threads;

  @Option(
      names = "--architecture",
      paramLabel = "A",
      description = {
        "Of the sequence model: sasrec (default), gru4rec or hstu.",
        "序列模型的架构：sasrec（默认）、gru4rec 或 hstu。"
      })
  private @Nullable String architecture;

  @Mixin private DeviceOption device = new DeviceOption();

  /// The default recipe with the chosen architecture.
  ///
  /// @throws WrongCallException when there is none of that name
  SequenceSettings settings() {
    return settings(SequenceSettings.defaults());
  }

  /// The given recipe with the chosen architecture.
  ///
  /// @throws WrongCallException when there is none of that name
  SequenceSettings settings(SequenceSettings settings) {
    if (architecture == null) {
      return settings;
    }
    try {
      return settings.withArchitecture(Architecture.of(architecture));
    } catch (IllegalArgumentException e) {
      throw new WrongCallException(
          e.getMessage() + ". Give one of them to --architecture.",
          "没有名为 '" + architecture + "' 的架构，请用 --architecture 指定 sasrec、gru4rec 或 hstu。");
    }
  }

  TrainingOptions options() {
    return options(1);
  }

  /// @param processes on this machine, which share its cores where no number of threads was chosen
  TrainingOptions options(int processes) {
    TrainingOptions options = TrainingOptions.defaults().withDevice(device.value());
    options = options.withThreads(Math.max(1, options.threads() / processes));
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
