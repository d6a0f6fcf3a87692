package io.zhiyin.server.command;

import io.zhiyin.learning.train.TrainingProgress;
import java.io.PrintWriter;
import java.util.Locale;

/// One line for each report of a training.
final class TrainingLines implements TrainingProgress.Listener {
  private final PrintWriter err;

  TrainingLines(PrintWriter err) {
    this.err = err;
  }

  @Override
  public synchronized void heard(TrainingProgress progress) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT, "%-12s %5d/%d", progress.stage(), progress.epoch(), progress.epochs()));
    if (!Double.isNaN(progress.loss())) {
      line.append(String.format(Locale.ROOT, "  loss / 损失 %.4f", progress.loss()));
    }
    if (!Double.isNaN(progress.metric())) {
      line.append(
          String.format(
              Locale.ROOT,
              "  validation / 验证 ndcg@10 %.4f (best / 最佳 %.4f)",
              progress.metric(),
              progress.best()));
    }
    line.append(
        String.format(
            Locale.ROOT,
            "  %,.0f/s  %s, %s left / 剩余",
            progress.sequencesPerSecond(),
            ConsoleProgress.words(progress.elapsed()),
            ConsoleProgress.words(progress.left())));
    err.println(line);
    err.flush();
  }

  @Override
  public synchronized void told(String english, String chinese) {
    err.println(english + " / " + chinese);
    err.flush();
  }
}
