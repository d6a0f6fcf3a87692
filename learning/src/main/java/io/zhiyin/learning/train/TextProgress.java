package io.zhiyin.learning.train;

import io.zhiyin.engine.content.TextVectors;
import java.time.Duration;

/// Tells of the reading of texts as the stage `texts` of a training, about every two seconds and
/// never when all were at hand.
final class TextProgress implements TextVectors.Progress {
  private static final double EVERY_SECONDS = 2;

  private final TrainingProgress.Listener listener;
  private final long start = System.nanoTime();
  private double told;

  TextProgress(TrainingProgress.Listener listener) {
    this.listener = listener;
  }

  @Override
  public synchronized void heard(int done, int total) {
    double seconds = (System.nanoTime() - start) * 1e-9;
    if (seconds - told < EVERY_SECONDS) {
      return;
    }
    told = seconds;
    listener.heard(
        new TrainingProgress(
            "texts",
            done,
            total,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            done / seconds,
            Duration.ofMillis((long) (seconds * 1000)),
            Duration.ofMillis((long) (seconds * 1000 * (total - done) / done))));
  }
}
