package io.zhiyin.server.shop;

import io.zhiyin.cluster.state.BackgroundThread;
import io.zhiyin.server.telemetry.Meters;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Makes the counts of every shop anew in the background, some time after it changed. It never uses
/// more than about a tenth of one core: after a long fit the next waits longer. Requests go first.
final class Refresher implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Refresher.class.getName());

  private final Supplier<Collection<ShopRuntime>> shops;
  private final Duration every;
  private final Meters meters;
  private final Thread thread;

  /// Time of a processor that fits took: that of the clock is longer while requests go first.
  private long processorNanos;

  private volatile boolean closed;

  Refresher(Supplier<Collection<ShopRuntime>> shops, Duration every, Meters meters) {
    this.shops = shops;
    this.every = every;
    this.meters = meters;
    this.thread = Thread.ofPlatform().name("zhiyin-refresh").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    long pause = shops.get().stream().anyMatch(ShopRuntime::isRough) ? 1 : every.toNanos();
    while (!closed) {
      LockSupport.parkNanos(this, pause);
      long before = processorNanos;
      for (ShopRuntime shop : shops.get()) {
        if (!closed && shop.isStale()) {
          refitInBackground(shop);
          // not beside the first full counts of a large shop: lists would have no processor left
          shop.search().start(shop.id());
        }
      }
      pause = Math.max(every.toNanos(), 9 * (processorNanos - before));
    }
  }

  /// On a thread of its own, as this one starts others that requests use.
  private void refitInBackground(ShopRuntime shop) {
    Thread counts =
        BackgroundThread.of(
            "zhiyin-counts",
            () -> {
              refit(shop);
              processorNanos += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            });
    counts.start();
    try {
      counts.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void refit(ShopRuntime shop) {
    long start = System.nanoTime();
    try {
      shop.refit();
      meters.indexesBuilt(shop.id(), System.nanoTime() - start);
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "The counts of shop '" + shop.id() + "' stay as they were: fitting failed",
          e);
    }
  }

  @Override
  public void close() {
    closed = true;
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    LockSupport.unpark(thread);
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
