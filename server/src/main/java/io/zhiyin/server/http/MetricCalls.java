package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.measure.MeasureFold;
import io.zhiyin.engine.measure.Step;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the lists brought: sums of a time, series, and what each figure means.
final class MetricCalls {
  private static final Duration USUAL = Duration.ofHours(24);

  /// More steps than anybody looks at.
  private static final Duration MOST_HOURS = Duration.ofDays(60);

  private final ShopHub shops;
  private final Clock clock;

  MetricCalls(ShopHub shops, Clock clock) {
    this.shops = shops;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/metrics/summary", Access.ADMIN, Set.of("from", "to"), this::summary),
        Route.get(
            "/v1/metrics/series",
            Access.ADMIN,
            Set.of("metric", "scenario", "from", "to", "step"),
            this::series),
        Route.get("/v1/metrics/definitions", Access.ADMIN, Set.of(), _ -> definitions()));
  }

  private record Span(Instant from, Instant to) {}

  private Answer summary(Call call) throws IOException {
    ShopRuntime shop = shop(call);
    MeasureFold measures = shop.store().measures();
    Span span = span(call, Step.Width.HOUR, measures);
    ObjectNode node = head(shop, span);
    node.setAll(MetricView.write(measures.summary(span.from, span.to)));
    return Answer.ok(node);
  }

  private Answer series(Call call) throws IOException {
    ShopRuntime shop = shop(call);
    MeasureFold measures = shop.store().measures();
    Metric metric = metric(call);
    Step.Width width = width(call);
    Span span = span(call, width, measures);
    if (width == Step.Width.HOUR
        && Duration.between(span.from, span.to).compareTo(MOST_HOURS) > 0) {
      throw ProblemException.invalid(
          new InvalidFieldException("step", "hour", "is for at most 60 days; use day"));
    }
    Optional<String> scenario = call.parameter("scenario");
    ObjectNode node = head(shop, span);
    node.put("metric", metric.wireName()).put("unit", metric.unit());
    node.put("step", width == Step.Width.HOUR ? "hour" : "day");
    scenario.ifPresent(name -> node.put("scenario", name));
    ArrayNode points = node.putArray("points");
    for (Step step : measures.series(span.from, span.to, width)) {
      points.add(MetricView.point(step, metric, scenario));
    }
    return Answer.ok(node);
  }

  private ShopRuntime shop(Call call) throws IOException {
    return shops.shop(call.authenticated().shop());
  }

  private static ObjectNode head(ShopRuntime shop, Span span) {
    ObjectNode node = Json.object();
    node.put("from", span.from.toString()).put("to", span.to.toString());
    node.put("eventsBehind", Math.max(0, shop.journal().end() - shop.store().measured()));
    return node.put("closedEarly", shop.store().measures().closedEarly());
  }

  private static Metric metric(Call call) {
    String text = call.parameter("metric").orElse("impressions");
    return Metric.of(text)
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    new InvalidFieldException(
                        "metric",
                        text,
                        "is none; there are "
                            + String.join(
                                ", ",
                                Arrays.stream(Metric.values()).map(Metric::wireName).toList()))));
  }

  private static Step.Width width(Call call) {
    String text = call.parameter("step").orElse("hour");
    return switch (text) {
      case "hour" -> Step.Width.HOUR;
      case "day" -> Step.Width.DAY;
      default ->
          throw ProblemException.invalid(
              new InvalidFieldException("step", text, "must be hour or day"));
    };
  }

  /// From the beginning of a step on; the hours before the last two weeks are kept as days.
  private Span span(Call call, Step.Width width, MeasureFold measures) {
    Instant to = time(call, "to").orElseGet(clock::instant);
    Instant from = time(call, "from").orElseGet(() -> to.minus(USUAL));
    if (!from.isBefore(to)) {
      throw ProblemException.invalid(
          new InvalidFieldException("from", from, "must be before 'to', " + to));
    }
    boolean days = width == Step.Width.DAY || from.isBefore(measures.hoursSince());
    return new Span(from.truncatedTo(days ? ChronoUnit.DAYS : ChronoUnit.HOURS), to);
  }

  private static Optional<Instant> time(Call call, String name) {
    return call.parameter(name).map(text -> time(name, text));
  }

  private static Instant time(String name, String text) {
    try {
      Instant time =
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant();
      if (!time.isBefore(Instant.EPOCH) && time.isBefore(Instant.parse("3000-01-01T00:00:00Z"))) {
        return time;
      }
    } catch (DateTimeException e) {
      // said below, together with times of other ages
    }
    throw ProblemException.invalid(
        new InvalidFieldException(
            name, text, "must be a time such as 2026-11-24T08:00:00Z or a day such as 2026-11-24"));
  }

  private static Answer definitions() {
    ObjectNode node = Json.object();
    node.put("timeZone", "UTC").put("clickWindowHours", 24).put("viewWindowHours", 1);
    node.put("hoursKeptDays", MeasureFold.HOURS_KEPT.toDays());
    node.putObject("excluded")
        .put(
            "en",
            "Left out of everything and counted apart: events with the attribute traffic=internal or"
                + " traffic=bot, and a shopper with more than 240 events in one minute, from there on"
                + " for 24 hours.")
        .put(
            "zh",
            "以下不计入任何指标、另行计数：带有属性 traffic=internal 或 traffic=bot 的事件，以及一分钟内超过"
                + " 240 个事件的顾客（自此 24 小时）。");
    node.putObject("intervals")
        .put(
            "en",
            "Wilson's 95 % interval, as if impressions were independent; one shopper's are not quite,"
                + " so true intervals are somewhat wider.")
        .put("zh", "威尔逊 95% 区间，假定各次曝光相互独立；同一顾客的曝光并不完全独立，真实区间会略宽。");
    ArrayNode metrics = node.putArray("metrics");
    for (Metric metric : Metric.values()) {
      metrics.add(MetricView.definition(metric));
    }
    ArrayNode figures = node.putArray("figures");
    for (LiveFigure figure : LiveFigure.values()) {
      figures.add(figure.write());
    }
    return Answer.ok(node);
  }
}
