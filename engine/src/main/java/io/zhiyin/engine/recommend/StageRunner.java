package io.zhiyin.engine.recommend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Runs the parts of a stage and waits no longer than told.
///
/// As many threads as there are processors take the parts one after the other, those first that
/// usually take longest, so that a stage of many small parts does not cost a hand-off for each, and
/// no long one begins when all others are done. They are threads of the operating system: the parts
/// compute, and a virtual thread that computes keeps those from running that answer others. When
/// parts are not done after a [#PATIENCE]th of the time, one more thread is sent for those that
/// nobody has taken yet, and so on: a part that hangs keeps one thread, not the others' time.
///
/// A part that is late is interrupted and left behind; its result is never seen. While more than
/// [#MAX_IN_FLIGHT] runs of one part have not come back, new ones of it are refused, so that a part
/// that hangs does not pile up threads.
public final class StageRunner implements AutoCloseable {
  static final int MAX_IN_FLIGHT = 256;

  private static final System.Logger LOG = System.getLogger(StageRunner.class.getName());

  /// A stage's time is cut into so many pieces, after each of which help is sent.
  private static final int PATIENCE = 16;

  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("stage-", 0).factory());
  private final ConcurrentHashMap<String, Usual> known = new ConcurrentHashMap<>();
  private final int workers;

  /// What has been logged: a part that always fails must not fill the disk.
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /// For all processors of this machine.
  public StageRunner() {
    this(Runtime.getRuntime().availableProcessors());
  }

  /// @param workers how many threads a stage starts with
  StageRunner(int workers) {
    this.workers = Math.max(1, workers);
  }

  /// A part to run.
  ///
  /// @param name as it is called in `degraded` and in counts
  record Part<T>(String name, Callable<T> work) {}

  /// What is known of the parts of one name: how many run, and how long one takes, as a mean in
  /// which newer ones count more.
  private static final class Usual {
    private static final double NEWEST = 0.05;
    private final AtomicInteger running = new AtomicInteger();
    private volatile double nanos;

    void took(long newest) {
      double usually = nanos;
      nanos = usually + NEWEST * (newest - usually); // of two at once one may be lost
    }
  }

  private Usual usual(String part) {
    Usual usual = known.get(part);
    return usual == null ? known.computeIfAbsent(part, _ -> new Usual()) : usual;
  }

  /// The places of the parts, the longest first; of equals the first.
  private int[] longestFirst(List<? extends Part<?>> parts) {
    double[] nanos = new double[parts.size()];
    int[] order = new int[parts.size()];
    for (int i = 0; i < order.length; i++) {
      nanos[i] = usual(parts.get(i).name()).nanos;
      int at = i;
      while (at > 0 && nanos[order[at - 1]] < nanos[i]) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = i;
    }
    return order;
  }

  /// What came of a part: a value, or a failure (`late`, `failed` or `busy`).
  record Outcome<T>(String name, @Nullable T value, @Nullable String failure, long nanos) {}

  /// Runs all parts; the outcomes are in the order of the parts.
  ///
  /// @param budget how long to wait at most
  <T> List<Outcome<T>> run(List<Part<T>> parts, Duration budget) {
    Stage<T> stage = new Stage<>(parts);
    try {
      stage.await(Math.max(1, budget.toNanos()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    List<Outcome<T>> outcomes = stage.outcomes(budget);
    stage.close(); // after the outcomes: what an interrupted part throws is not its failure
    return outcomes;
  }

  /// The parts of one stage of one request, and who works on them.
  private final class Stage<T> {
    private final List<Part<T>> parts;
    private final int[] order;
    private final AtomicReferenceArray<@Nullable Outcome<T>> done;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch open;
    private final List<Future<?>> running = new ArrayList<>();

    Stage(List<Part<T>> parts) {
      this.parts = parts;
      order = longestFirst(parts);
      done = new AtomicReferenceArray<>(parts.size());
      open = new CountDownLatch(parts.size());
    }

    void await(long nanos) throws InterruptedException {
      long end = System.nanoTime() + nanos;
      for (int worker = 0; worker < Math.min(workers, parts.size()); worker++) {
        send();
      }
      long left = nanos;
      while (left > 0 && !open.await(Math.min(left, pause(nanos)), TimeUnit.NANOSECONDS)) {
        send();
        left = end - System.nanoTime();
      }
    }

    /// While nobody is needed, there is nothing to wake up for.
    private long pause(long nanos) {
      return next.get() < parts.size() ? Math.max(1, nanos / PATIENCE) : nanos;
    }

    private void send() {
      if (next.get() < parts.size()) {
        try {
          running.add(threads.submit(this::work));
        } catch (RejectedExecutionException _) {
          next.set(parts.size()); // closed: whatever is not done will be late
        }
      }
    }

    private void work() {
      for (int i = next.getAndIncrement(); i < parts.size(); i = next.getAndIncrement()) {
        done.set(order[i], timed(parts.get(order[i])));
        open.countDown();
      }
    }

    /// Leaves behind what is not done.
    void close() {
      if (open.getCount() > 0) {
        next.set(parts.size());
        running.forEach(worker -> worker.cancel(true));
      }
    }

    List<Outcome<T>> outcomes(Duration budget) {
      List<Outcome<T>> outcomes = new ArrayList<>(parts.size());
      for (int i = 0; i < parts.size(); i++) {
        Outcome<T> outcome = done.get(i);
        outcomes.add(
            outcome == null
                ? new Outcome<>(parts.get(i).name(), null, "late", budget.toNanos())
                : outcome);
      }
      return outcomes;
    }
  }

  private <T> Outcome<T> timed(Part<T> part) {
    Usual usual = usual(part.name());
    if (usual.running.incrementAndGet() > MAX_IN_FLIGHT) {
      usual.running.decrementAndGet();
      return new Outcome<>(part.name(), null, "busy", 0);
    }
    long start = System.nanoTime();
    try {
      T value = part.work().call();
      long nanos = System.nanoTime() - start;
      usual.took(nanos);
      return new Outcome<>(part.name(), value, null, nanos);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Outcome<>(part.name(), null, "late", System.nanoTime() - start);
    } catch (Exception | Error e) {
      // an error too: it must not take the other parts with it
      if (told.add(part.name() + " " + e.getClass().getName())) {
        LOG.log(
            System.Logger.Level.WARNING,
            "The part '"
                + part.name()
                + "' of a list failed; lists go on without it. Later"
                + " failures of the kind are only counted.",
            e);
      }
      return new Outcome<>(part.name(), null, "failed", System.nanoTime() - start);
    } finally {
      usual.running.decrementAndGet();
    }
  }

  /// Interrupts what still runs.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
