package io.zhiyin.server.http;

import io.zhiyin.server.config.Capacity;
import io.zhiyin.server.telemetry.Meters;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One [Admission] for each kind of [Load]: who waits for the processor does not keep out who waits
/// for the disk.
final class Admissions {
  private final Map<Load, Admission> byLoad = new EnumMap<>(Load.class);
  private final Meters meters;

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
  Answer answer(Route route, Call call) throws java.io.IOException {
    Admission admission = byLoad.get(route.load());
    if (admission == null) {
      return route.handler().answer(call);
    }
    try (Admission.Pass _ = admission.enter()) {
      meters.admission(route.load().wireName(), "admitted");
      return route.handler().answer(call);
    } catch (OverloadedException _) {
      meters.admission(route.load().wireName(), "rejected");
      return REFUSAL;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.Kind.UNAVAILABLE, "The server is stopping.");
    }
  }
}
