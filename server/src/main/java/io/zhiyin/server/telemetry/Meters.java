package io.zhiyin.server.telemetry;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ShopId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// What the server counts and times. Every meter of a shop carries the shop's id; labels take only
/// values from closed lists, so their number stays small.
public final class Meters {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  public void request(String route, int status, long nanos) {
    Timer.builder("zhiyin.http.requests")
        .description("Time to answer, by route and status")
        .tag("route", route)
        .tag("status", Integer.toString(status))
        .publishPercentiles(0.5, 0.99)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  public void events(ShopId shop, EventKind kind, String outcome) {
    registry
        .counter("zhiyin.events", "shop", shop.value(), "kind", kind.wireName(), "outcome", outcome)
        .increment();
  }

  public void rejected(ShopId shop, int count) {
    registry.counter("zhiyin.events.rejected", "shop", shop.value()).increment(count);
  }

  /// One answered recommendation with the time of each of its stages.
  public void recommendation(
      ShopId shop, String scenario, long nanos, Map<String, Long> stageNanos) {
    Timer.builder("zhiyin.recommendations")
        .description("Time to make a list, by scenario")
        .tag("shop", shop.value())
        .tag("scenario", scenario)
        .publishPercentiles(0.5, 0.99)
        .serviceLevelObjectives(
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMillis(100))
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
    stageNanos.forEach(
        (stage, took) ->
            registry
                .timer("zhiyin.stages", "shop", shop.value(), "stage", stage)
                .record(took, TimeUnit.NANOSECONDS));
  }

  /// An answer that something was left out of.
  ///
  /// @param stage what was left out, without details
  public void degraded(ShopId shop, String scenario, String stage) {
    registry
        .counter("zhiyin.degraded", "shop", shop.value(), "scenario", scenario, "stage", stage)
        .increment();
  }

  public void indexesBuilt(ShopId shop, long nanos) {
    registry
        .timer("zhiyin.indexes.built", "shop", shop.value())
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
