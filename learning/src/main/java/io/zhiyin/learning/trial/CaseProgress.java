package io.zhiyin.learning.trial;

import io.zhiyin.learning.train.TrainingProgress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts cases and reports now and then. Any number of threads may count.
final class CaseProgress {
  private final String stage;
  private final int total;
  private final int every;
  private final TrainingProgress.Listener listener;
  private final long start = System.nanoTime();
  private final AtomicInteger count = new AtomicInteger();

  CaseProgress(String stage, int total, TrainingProgress.Listener listener) {
    this.stage = stage;
    this.total = total;
    this.listener = listener;
    every = Math.max(1, total / 5);
  }

  void done() {
    int done = count.incrementAndGet();
    if (done % every == 0 || done == total) {
      double seconds = (System.nanoTime() - start) * 1e-9;
      listener.heard(
          new TrainingProgress(
              stage,
              done,
              total,
              Double.NaN,
              Double.NaN,
              Double.NaN,
              done / Math.max(1e-9, seconds),
              Duration.ofMillis((long) (seconds * 1000)),
              Duration.ofMillis((long) (seconds * 1000 * (total - done) / done))));
    }
  }
}
