package io.zhiyin.server.http;

import io.zhiyin.server.config.Capacity;
import io.zhiyin.server.telemetry.Meters;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// One [Admission] for each kind of [Load]: who waits for the processor does not keep out who waits
/// for the disk.
///
/// What needs the processor runs on threads of the operating system, as many as are let in. A
/// virtual thread that computes keeps its carrier until it is done, and while all carriers compute
/// lists nobody reads, refuses or sends; the operating system shares the processor out by turns.
final class Admissions implements AutoCloseable {
  private final Map<Load, Admission> byLoad = new EnumMap<>(Load.class);
  private final Meters meters;
  private final ExecutorService computing =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("list-", 0).factory());

  private static final Answer REFUSAL =
      Answer.problem(
              new Problem(
                  Problem.Kind.OVERLOADED,
                  "More is asked than this server can answer in time. Nothing of the call was"
                      + " done; ask again after the seconds in Retry-After.",
                  List.of()))
          .with(Map.of("Retry-After", "1"));

  Admissions(Capacity capacity, Meters meters) {
    this.meters = meters;
    byLoad.put(Load.LISTS, admission(capacity, capacity.lists()));
    byLoad.put(Load.WRITES, admission(capacity, capacity.writes()));
    byLoad.forEach(
        (load, admission) -> {
          meters.level("zhiyin.admission.working", load.wireName(), admission::working);
          meters.level("zhiyin.admission.waiting", load.wireName(), admission::waiting);
        });
  }

  private static Admission admission(Capacity capacity, int atOnce) {
    return new Admission(atOnce, capacity.standing(), capacity.burst(), System::nanoTime);
  }

  @Nullable Admission of(Load load) {
    return byLoad.get(load);
  }

  /// Answers the call once it is let in, or else with a problem document.
  Answer answer(Route route, Call call) throws IOException {
    Admission admission = byLoad.get(route.load());
    if (admission == null) {
      return route.handler().answer(call);
    }
    try (Admission.Pass _ = admission.enter()) {
      meters.admission(route.load().wireName(), "admitted");
      return route.load() == Load.LISTS ? computed(route, call) : route.handler().answer(call);
    } catch (OverloadedException _) {
      meters.admission(route.load().wireName(), "rejected");
      return REFUSAL;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.Kind.UNAVAILABLE, "The server is stopping.");
    }
  }

  private Answer computed(Route route, Call call) throws IOException, InterruptedException {
    try {
      return computing.submit(() -> route.handler().answer(call)).get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failed -> throw failed;
        case RuntimeException failed -> throw failed;
        case Error failed -> throw failed;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /// Interrupts what still runs.
  @Override
  public void close() {
    computing.shutdownNow();
  }
}
