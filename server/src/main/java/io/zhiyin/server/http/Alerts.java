package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.server.shop.ShopRuntime;
import io.zhiyin.server.telemetry.Meters;
import io.zhiyin.server.telemetry.Pulse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// What somebody should look at, in both languages.
final class Alerts {
  static final Duration SILENCE = Duration.ofMinutes(10);
  static final Duration STALE = Duration.ofDays(7);
  static final double DEGRADED = 0.05;
  static final long BEHIND = 100_000;

  /// Every alert that there is.
  static final List<String> CODES =
      List.of("no-events", "stale-model", "degraded", "overload", "measures-behind");

  /// How often the model's age is read from disk.
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

  private final Clock clock;
  private final Meters meters;
  private final Map<ShopId, Aged> models = new ConcurrentHashMap<>();

  Alerts(Clock clock, Meters meters) {
    this.clock = clock;
    this.meters = meters;
  }

  /// @param madeAt nothing when no model is in use, or its date cannot be read
  private record Aged(Optional<String> id, Optional<Instant> madeAt, Instant lookedAt) {}

  List<ObjectNode> of(ShopRuntime shop, Pulse.Reading pulse) throws IOException {
    List<ObjectNode> alerts = new ArrayList<>();
    long minutes = pulse.silentSeconds() / 60;
    if (minutes >= SILENCE.toMinutes()) {
      alerts.add(
          alert(
              "no-events",
              "No event has come for " + minutes + " minutes.",
              "已有 " + minutes + " 分钟没有收到事件。"));
    }
    Optional<Instant> made = modelMadeAt(shop);
    long days = made.map(at -> Duration.between(at, clock.instant()).toDays()).orElse(0L);
    if (days >= STALE.toDays()) {
      alerts.add(
          alert(
              "stale-model",
              "The model in use is " + days + " days old.",
              "正在使用的模型已有 " + days + " 天。"));
    }
    if (pulse.made() >= 20 && pulse.degraded() > DEGRADED * pulse.made()) {
      long percent = 100 * pulse.degraded() / pulse.made();
      alerts.add(
          alert(
              "degraded",
              percent + "% of the lists of the last minute lack a part that failed or was late.",
              "最近一分钟有 " + percent + "% 的列表缺少出错或超时的部分。"));
    }
    long refused = meters.refusedInMinute();
    if (refused > 0) {
      alerts.add(
          alert(
              "overload",
              refused
                  + " calls of the last minute were refused: more is asked than can be answered.",
              "最近一分钟拒绝了 " + refused + " 次调用：请求超过了承载能力。"));
    }
    long behind = shop.journal().end() - shop.store().measured();
    if (behind > BEHIND) {
      alerts.add(
          alert(
              "measures-behind",
              behind + " events are not in these figures yet.",
              "还有 " + behind + " 个事件未计入这些指标。"));
    }
    return alerts;
  }

  /// Whether each alert holds at this moment, by its code.
  Map<String, Boolean> levels(ShopRuntime shop, Pulse.Reading pulse) throws IOException {
    Map<String, Boolean> levels = new TreeMap<>();
    CODES.forEach(code -> levels.put(code, false));
    for (ObjectNode alert : of(shop, pulse)) {
      levels.put(alert.path("code").asText(), true);
    }
    return levels;
  }

  /// When the model in use was made.
  Optional<Instant> modelMadeAt(ShopRuntime shop) throws IOException {
    Optional<String> active = shop.models().active();
    Aged known = models.get(shop.id());
    Instant now = clock.instant();
    if (known == null
        || !known.id.equals(active)
        || Duration.between(known.lookedAt, now).compareTo(LOOK_EVERY) > 0) {
      known = new Aged(active, madeAt(shop, active), now);
      models.put(shop.id(), known);
    }
    return known.madeAt;
  }

  private static Optional<Instant> madeAt(ShopRuntime shop, Optional<String> active)
      throws IOException {
    if (active.isEmpty()) {
      return Optional.empty();
    }
    for (ModelCard card : shop.models().cards()) {
      if (card.id().equals(active.get())) {
        try {
          return Optional.of(Instant.parse(card.lineage().createdAt()));
        } catch (DateTimeParseException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static ObjectNode alert(String code, String english, String chinese) {
    return Json.object().put("code", code).put("en", english).put("zh", chinese);
  }
}
