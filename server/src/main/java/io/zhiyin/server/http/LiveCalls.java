package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.measure.Figure;
import io.zhiyin.engine.measure.Summary;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import io.zhiyin.server.telemetry.Meters;
import io.zhiyin.server.telemetry.Pulse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;

/// `GET /v1/live`: how the shop does at this moment, each second, as server-sent events.
final class LiveCalls {
  /// How many may be open at one time.
  static final int MOST = 32;

  private final Semaphore places = new Semaphore(MOST);
  private final ShopHub shops;
  private final Clock clock;
  private final Meters meters;
  private final Alerts alerts;

  LiveCalls(ShopHub shops, Clock clock, Meters meters) {
    this.shops = shops;
    this.clock = clock;
    this.meters = meters;
    this.alerts = new Alerts(clock, meters);
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/live", Access.ADMIN, Set.of(), this::open));
  }

  private Answer open(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    if (!places.tryAcquire()) {
      throw new ProblemException(
          Problem.Kind.OVERLOADED,
          "As many live views are open as this server allows, " + MOST + ". Close one.");
    }
    return new Answer(
        200,
        "text/event-stream",
        new byte[0],
        Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no"),
        new Flow() {
          @Override
          public byte[] next() throws IOException {
            String data = new String(Json.bytes(write(shop)), StandardCharsets.UTF_8);
            return ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
          }

          @Override
          public void close() {
            places.release();
          }
        });
  }

  private ObjectNode write(ShopRuntime shop) throws IOException {
    Pulse.Reading pulse = meters.pulse(shop.id()).read();
    Instant now = clock.instant();
    ObjectNode node = Json.object().put("time", now.toString());
    node.put("events", shop.journal().end());
    node.put("eventsPerSecond", pulse.events()).put("recommendationsPerSecond", pulse.lists());
    node.put("recommendationsInMinute", pulse.made());
    if (pulse.made() > 0) {
      node.put("p50Millis", pulse.p50Micros() / 1e3).put("p99Millis", pulse.p99Micros() / 1e3);
      node.put("degradedShare", (double) pulse.degraded() / pulse.made());
    }
    node.put("refusedInMinute", meters.refusedInMinute());
    node.put("eventsBehind", Math.max(0, shop.journal().end() - shop.store().measured()));
    node.set("lastHour", lastHour(shop, now));
    ArrayNode list = node.putArray("alerts");
    alerts.of(shop, pulse).forEach(list::add);
    return node;
  }

  /// Of the hour before the present one and what there is of that.
  private static ObjectNode lastHour(ShopRuntime shop, Instant now) {
    Instant since = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(1));
    Summary.Scenario total = shop.store().measures().summary(since, now).total();
    ObjectNode node = Json.object().put("since", since.toString());
    node.put("impressions", total.of(Figure.IMPRESSIONS));
    node.set("ctr", MetricView.rate(total.rate(Figure.CLICKS)));
    node.set("cartRate", MetricView.rate(total.rate(Figure.CARTS)));
    node.set("purchaseRate", MetricView.rate(total.rate(Figure.PURCHASES)));
    return node;
  }
}
