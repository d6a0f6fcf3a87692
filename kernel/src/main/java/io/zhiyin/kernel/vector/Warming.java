package io.zhiyin.kernel.vector;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/// Runs what the first requests of a process would otherwise wait for, until the JVM has compiled
/// it.
public final class Warming {
  /// Nanoseconds that no compiled run takes.
  private static final long INTERPRETED = 1_000_000;

  private static final long LONGEST_PAUSE = 50_000_000;
  private static final int MOST_PAUSES = 40;

  private Warming() {}

  /// Runs it so often. After a slow run it waits as long as that took, two seconds in all at most:
  /// the compiler has heard of the work by then, and to go on at once would only take a processor
  /// from it and from what else a start does.
  ///
  /// @param work is given how many runs were before
  public static void run(int times, IntConsumer work) {
    int pauses = 0;
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      work.accept(i);
      long took = System.nanoTime() - start;
      if (took > INTERPRETED && pauses < MOST_PAUSES) {
        pauses++;
        LockSupport.parkNanos(Math.min(took, LONGEST_PAUSE));
      }
    }
  }
}
