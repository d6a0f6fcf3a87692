package io.zhiyin.server.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.measure.Figure;
import io.zhiyin.engine.measure.Summary;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// What the lists brought, and which alerts hold, as meters: counters by scenario since the journal
/// began, set from the measured series each time the meters are read.
final class MeasuredMeters {
  private final MeterRegistry registry;
  private final Map<Of, AtomicReference<Double>> values = new ConcurrentHashMap<>();

  private record Of(String name, Tags tags) {}

  MeasuredMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void set(ShopId shop, Summary summary, long behind) {
    Tags own = Tags.of("shop", shop.value());
    summary
        .scenarios()
        .forEach(
            (name, scenario) -> {
              Tags tags = own.and("scenario", name);
              for (Figure figure : Figure.values()) {
                count(figure.wireName().replace('-', '.'), tags, (double) scenario.of(figure));
              }
              revenue(tags.and("through", "click"), scenario.clickRevenue());
              revenue(tags.and("through", "view"), scenario.viewRevenue());
            });
    revenue(own.and("scenario", "", "through", "all"), summary.revenue());
    count("excluded", own.and("reason", "bot"), (double) summary.bots());
    count("excluded", own.and("reason", "internal"), (double) summary.internal());
    level("zhiyin.measured.behind", own, (double) behind);
  }

  /// `zhiyin_alert{name}`: 1 while the alert holds, else 0.
  void alerts(ShopId shop, Map<String, Boolean> levels) {
    levels.forEach(
        (name, holds) ->
            level("zhiyin.alert", Tags.of("shop", shop.value(), "name", name), holds ? 1.0 : 0.0));
  }

  private void revenue(Tags tags, Map<String, Double> amounts) {
    amounts.forEach((currency, amount) -> count("revenue", tags.and("currency", currency), amount));
  }

  private void count(String name, Tags tags, double value) {
    String full = "zhiyin.measured." + name;
    values
        .computeIfAbsent(
            new Of(full, tags),
            _ -> {
              AtomicReference<Double> cell = new AtomicReference<>(0.0);
              FunctionCounter.builder(full, cell, AtomicReference::get)
                  .tags(tags)
                  .register(registry);
              return cell;
            })
        .set(value);
  }

  private void level(String name, Tags tags, double value) {
    values
        .computeIfAbsent(
            new Of(name, tags),
            _ -> {
              AtomicReference<Double> cell = new AtomicReference<>(0.0);
              Gauge.builder(name, cell, AtomicReference::get).tags(tags).register(registry);
              return cell;
            })
        .set(value);
  }
}
