package io.zhiyin.server.http;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Watches a thread that reads a body. When nothing came for too long, the client is told so by
/// another thread, as the reader cannot be woken without closing the connection; then it is closed,
/// by interrupting the reader. (The web server's own read timeout is never applied to its sockets.)
final class SlowClientWatch implements AutoCloseable {
  private static final ScheduledThreadPoolExecutor ALARM = alarm();

  /// How long telling may take: a client that does not read either is not waited for.
  private static final Duration TELLING = Duration.ofSeconds(1);

  private final Thread reader = Thread.currentThread();
  private final long pauseNanos;
  private final Runnable tell;
  private final ScheduledFuture<?> check;
  private volatile long lastSign = System.nanoTime();
  private volatile @Nullable Thread telling;
  private boolean over;

  /// Watches the thread that calls this.
  ///
  /// @param tell answers the client
  SlowClientWatch(Duration pause, Runnable tell) {
    this.pauseNanos = pause.toNanos();
    this.tell = tell;
    this.check =
        ALARM.scheduleWithFixedDelay(
            this::look, pauseNanos / 2, pauseNanos / 2, TimeUnit.NANOSECONDS);
  }

  /// Something came.
  void goesOn() {
    lastSign = System.nanoTime();
  }

  /// Whether the client was told, or is being told, that it was too slow.
  boolean hasAnswered() {
    return telling != null;
  }

  private synchronized void look() {
    if (over || System.nanoTime() - lastSign <= pauseNanos) {
      return;
    }
    if (telling == null) {
      telling = Thread.ofVirtual().name("zhiyin-slow-client").start(this::tellAndClose);
    } else {
      reader.interrupt();
    }
  }

  private void tellAndClose() {
    try {
      tell.run();
    } finally {
      reader.interrupt();
    }
  }

  /// Ends the watch. After it the client is not being told anything, and an alarm for the body does
  /// not reach what comes next.
  @Override
  public void close() {
    check.cancel(false);
    synchronized (this) {
      over = true;
    }
    Thread told = telling;
    long end = System.nanoTime() + TELLING.toNanos();
    while (told != null && told.isAlive() && System.nanoTime() - end < 0) {
      try {
        told.join(TELLING);
      } catch (InterruptedException _) {
        // its last act, mostly
      }
    }
    boolean _ = Thread.interrupted();
  }

  private static ScheduledThreadPoolExecutor alarm() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("zhiyin-slow-clients").daemon().factory());
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }
}
