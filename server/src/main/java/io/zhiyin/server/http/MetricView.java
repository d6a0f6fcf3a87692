package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.evaluate.Interval;
import io.zhiyin.engine.measure.Figure;
import io.zhiyin.engine.measure.Step;
import io.zhiyin.engine.measure.Summary;
import java.util.Map;
import java.util.Optional;

/// Measured figures as JSON.
final class MetricView {
  private MetricView() {}

  static ObjectNode write(Summary summary) {
    ObjectNode node = Json.object();
    ArrayNode scenarios = node.putArray("scenarios");
    summary
        .scenarios()
        .forEach((name, scenario) -> scenarios.add(write(scenario).put("scenario", name)));
    node.set("total", write(summary.total()));
    ArrayNode funnel = node.putArray("funnel");
    for (Summary.Funnel step : summary.funnel()) {
      funnel
          .addObject()
          .put("step", step.step().wireName())
          .put("events", step.events())
          .put("shoppers", step.shoppers());
    }
    node.set("revenue", money(summary.revenue()));
    node.put("events", summary.counted()).put("unpricedLines", summary.unpriced());
    node.putObject("excluded").put("bot", summary.bots()).put("internal", summary.internal());
    return node;
  }

  static ObjectNode write(Summary.Scenario scenario) {
    ObjectNode node = Json.object();
    for (Metric metric : Metric.values()) {
      metric
          .figure()
          .ifPresent(
              figure -> {
                if (metric.isRate()) {
                  node.set(name(metric), rate(scenario.rate(figure)));
                } else {
                  node.put(name(metric), scenario.of(figure));
                }
              });
    }
    node.set("attributedRevenue", money(scenario.clickRevenue()));
    node.set("viewRevenue", money(scenario.viewRevenue()));
    return node;
  }

  /// As a field's name: `cart-rate` becomes `cartRate`.
  private static String name(Metric metric) {
    String[] words = metric.wireName().split("-", -1);
    StringBuilder name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return name.toString();
  }

  static ObjectNode rate(Summary.Rate rate) {
    ObjectNode node = Json.object();
    node.put("value", rate.value());
    if (rate.shown() > 0) {
      Interval interval = rate.interval();
      node.put("low", interval.low()).put("high", interval.high());
    }
    return node.put("hits", rate.hits()).put("n", rate.shown());
  }

  private static ArrayNode money(Map<String, Double> amounts) {
    ArrayNode array = Json.array();
    amounts.forEach(
        (currency, amount) -> array.addObject().put("currency", currency).put("amount", amount));
    return array;
  }

  /// One point of a series.
  ///
  /// @param scenario nothing for all together
  static ObjectNode point(Step step, Metric metric, Optional<String> scenario) {
    ObjectNode node = Json.object().put("time", step.from().toString());
    Summary summary = step.summary();
    Optional<Summary.Scenario> found =
        scenario.isEmpty()
            ? Optional.of(summary.total())
            : Optional.ofNullable(summary.scenarios().get(scenario.get()));
    Optional<Figure> figure = metric.figure();
    if (figure.isPresent() && metric.isRate()) {
      found.ifPresent(each -> node.setAll(rate(each.rate(figure.get()))));
    } else if (figure.isPresent()) {
      node.put("value", found.map(each -> each.of(figure.get())).orElse(0L));
    } else if (metric == Metric.EVENTS) {
      node.put("value", summary.counted());
    } else {
      Map<String, Double> amounts =
          metric == Metric.REVENUE
              ? summary.revenue()
              : found.<Map<String, Double>>map(Summary.Scenario::clickRevenue).orElse(Map.of());
      node.set("amounts", money(amounts));
    }
    return node;
  }

  static ObjectNode definition(Metric metric) {
    ObjectNode node = Json.object().put("metric", metric.wireName()).put("unit", metric.unit());
    node.putObject("title").put("en", metric.title(false)).put("zh", metric.title(true));
    node.putObject("definition")
        .put("en", metric.definition(false))
        .put("zh", metric.definition(true));
    return node;
  }
}
