package io.zhiyin.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.measure.Summary;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.SideEffect;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.pipeline.Trace;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/// What the server counts and times. Every meter of a shop carries the shop's id; labels take only
/// values from closed lists, so their number stays small.
public final class Meters implements SideEffect {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /// Meters by what they are of: looking one up in the registry costs a hundred times as much.
  private final Map<Object, Timer> timers = new ConcurrentHashMap<>();

  private final Map<Object, Counter> counters = new ConcurrentHashMap<>();

  private final Map<ShopId, Pulse> pulses = new ConcurrentHashMap<>();
  private final Pulse refusals = new Pulse(System::nanoTime);
  private final Map<String, IntSupplier> levels = new ConcurrentSkipListMap<>();
  private final MeasuredMeters measured = new MeasuredMeters(registry);

  private record OfRoute(String route, int status) {}

  private record OfScenario(ShopId shop, String scenario) {}

  private record OfLoad(String load, String outcome) {}

  private record OfStage(ShopId shop, String stage) {}

  private record OfKind(ShopId shop, EventKind kind, String outcome) {}

  public void request(String route, int status, long nanos) {
    timers
        .computeIfAbsent(
            new OfRoute(route, status),
            _ ->
                Timer.builder("zhiyin.http.requests")
                    .description("Time to answer, by route and status")
                    .tag("route", route)
                    .tag("status", Integer.toString(status))
                    .publishPercentiles(0.5, 0.99)
                    .register(registry))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /// What the shop's server did in the last minute.
  public Pulse pulse(ShopId shop) {
    return pulses.computeIfAbsent(shop, _ -> new Pulse(System::nanoTime));
  }

  /// How many calls were sent away in the last minute because too much was asked, of all shops.
  public long refusedInMinute() {
    return refusals.read().eventsInMinute();
  }

  /// The levels as they are now, by name and load.
  public Map<String, Integer> levels() {
    Map<String, Integer> now = new TreeMap<>();
    levels.forEach((name, value) -> now.put(name, value.getAsInt()));
    return now;
  }

  /// What the lists brought since the journal began, for the next [#scrape].
  ///
  /// @param behind events that are not measured yet
  public void measured(ShopId shop, Summary summary, long behind) {
    measured.set(shop, summary, behind);
  }

  /// Which alerts hold, for the next [#scrape].
  ///
  /// @param levels by the alert's name, all that there are
  public void alerts(ShopId shop, Map<String, Boolean> levels) {
    measured.alerts(shop, levels);
  }

  public void events(ShopId shop, EventKind kind, String outcome) {
    if (outcome.equals("accepted")) {
      pulse(shop).event();
    }
    counters
        .computeIfAbsent(
            new OfKind(shop, kind, outcome),
            _ ->
                registry.counter(
                    "zhiyin.events",
                    "shop",
                    shop.value(),
                    "kind",
                    kind.wireName(),
                    "outcome",
                    outcome))
        .increment();
  }

  public void rejected(ShopId shop, int count) {
    registry.counter("zhiyin.events.rejected", "shop", shop.value()).increment(count);
  }

  /// One list, from the call to the answer.
  public void recommended(ShopId shop, String scenario, long nanos) {
    pulse(shop).list(nanos);
    timers
        .computeIfAbsent(
            new OfScenario(shop, scenario),
            _ ->
                Timer.builder("zhiyin.recommendations")
                    .description("Time to make a list, by scenario")
                    .tag("shop", shop.value())
                    .tag("scenario", scenario)
                    .publishPercentiles(0.5, 0.99)
                    .register(registry))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /// What happened inside: the time of each stage, and what was left out.
  @Override
  public void accept(Query query, Slate slate, Trace trace) {
    ShopId shop = query.shop();
    registry
        .summary(
            "zhiyin.candidates",
            "shop",
            shop.value(),
            "scenario",
            slate.scenario(),
            "step",
            "ranked")
        .record(trace.ranked().size());
    for (Map.Entry<String, Long> stage : trace.stageNanos().entrySet()) {
      timers
          .computeIfAbsent(
              new OfStage(shop, stage.getKey()),
              _ -> registry.timer("zhiyin.stages", "shop", shop.value(), "stage", stage.getKey()))
          .record(stage.getValue(), TimeUnit.NANOSECONDS);
    }
    if (!slate.degraded().isEmpty()) {
      pulse(shop).degraded();
    }
    for (String what : slate.degraded()) {
      int colon = what.indexOf(':');
      String stage = colon < 0 ? what : what.substring(0, colon);
      registry
          .counter(
              "zhiyin.degraded", "shop", shop.value(), "scenario", slate.scenario(), "stage", stage)
          .increment();
    }
  }

  /// One call that was let in or not.
  ///
  /// @param load `lists` or `writes`
  /// @param outcome `admitted` or `rejected`
  public void admission(String load, String outcome) {
    if (outcome.equals("rejected")) {
      refusals.event();
    }
    counters
        .computeIfAbsent(
            new OfLoad(load, outcome),
            _ -> registry.counter("zhiyin.admission", "load", load, "outcome", outcome))
        .increment();
  }

  /// A number that goes up and down, read when the meters are.
  public void level(String name, String load, IntSupplier value) {
    levels.put(name.substring(name.lastIndexOf('.') + 1) + "/" + load, value);
    Gauge.builder(name, value::getAsInt).tag("load", load).register(registry);
  }

  /// How many connections are open, read when the meters are.
  public void connections(IntSupplier open) {
    Gauge.builder("zhiyin.connections", open::getAsInt)
        .description("Open connections")
        .register(registry);
  }

  /// One connection that the server closed before its client did.
  ///
  /// @param why `idle`, `slow-head`, `unread` or `crowded`
  public void connectionClosed(String why) {
    registry.counter("zhiyin.connections.closed", "why", why).increment();
  }

  public void indexesBuilt(ShopId shop, long nanos) {
    registry
        .timer("zhiyin.indexes.built", "shop", shop.value())
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /// One training with its comparison.
  ///
  /// @param outcome `activated`, `kept` or `failed`
  public void trained(ShopId shop, String mode, String outcome, long nanos) {
    registry
        .timer("zhiyin.trainings", "shop", shop.value(), "mode", mode, "outcome", outcome)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /// All meters in Prometheus' text format, without those of other shops.
  public String scrape(ShopId shop) {
    String own = "shop=\"" + shop.value() + "\"";
    return registry
        .scrape()
        .lines()
        .filter(line -> !line.contains("shop=\"") || line.contains(own))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
