package io.zhiyin.engine.recommend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Runs the parts of a stage side by side, each on a virtual thread, and waits no longer than told.
///
/// A part that is late is interrupted and left behind; its result is never seen. While more than
/// [#MAX_IN_FLIGHT] runs of one part have not come back, new ones of it are refused, so that a part
/// that hangs does not pile up threads.
public final class StageRunner implements AutoCloseable {
  static final int MAX_IN_FLIGHT = 256;

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("stage-", 0).factory());
  private final ConcurrentHashMap<String, AtomicInteger> inFlight = new ConcurrentHashMap<>();

  /// A part to run.
  ///
  /// @param name as it is called in `degraded` and in counts
  record Part<T>(String name, Callable<T> work) {}

  /// What came of a part: a value, or a failure (`late`, `failed` or `busy`).
  record Outcome<T>(String name, @Nullable T value, @Nullable String failure, long nanos) {}

  /// Runs all parts; the outcomes are in the order of the parts.
  ///
  /// @param budget how long to wait at most
  <T> List<Outcome<T>> run(List<Part<T>> parts, Duration budget) {
    List<Callable<Outcome<T>>> tasks = new ArrayList<>(parts.size());
    for (Part<T> part : parts) {
      tasks.add(() -> timed(part));
    }
    List<Outcome<T>> outcomes = new ArrayList<>(parts.size());
    try {
      List<Future<Outcome<T>>> futures =
          threads.invokeAll(tasks, Math.max(1, budget.toNanos()), TimeUnit.NANOSECONDS);
      for (int i = 0; i < futures.size(); i++) {
        outcomes.add(outcome(parts.get(i), futures.get(i), budget));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      for (Part<T> part : parts) {
        outcomes.add(new Outcome<>(part.name(), null, "late", 0));
      }
    }
    return outcomes;
  }

  private <T> Outcome<T> timed(Part<T> part) throws Exception {
    AtomicInteger running = inFlight.computeIfAbsent(part.name(), _ -> new AtomicInteger());
    if (running.incrementAndGet() > MAX_IN_FLIGHT) {
      running.decrementAndGet();
      return new Outcome<>(part.name(), null, "busy", 0);
    }
    try {
      long start = System.nanoTime();
      T value = part.work().call();
      return new Outcome<>(part.name(), value, null, System.nanoTime() - start);
    } finally {
      running.decrementAndGet();
    }
  }

  private static <T> Outcome<T> outcome(Part<T> part, Future<Outcome<T>> future, Duration budget)
      throws InterruptedException {
    try {
      return future.get();
    } catch (CancellationException _) {
      return new Outcome<>(part.name(), null, "late", budget.toNanos());
    } catch (ExecutionException _) {
      return new Outcome<>(part.name(), null, "failed", 0);
    }
  }

  /// Interrupts what still runs.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
