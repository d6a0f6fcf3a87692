package io.zhiyin.server.http;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import io.zhiyin.server.telemetry.Meters;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Health, meters, and the API's own document.
final class OperationCalls {
  private static final Instant FOREVER = Instant.parse("9999-01-01T00:00:00Z");

  private final ShopHub shops;
  private final Meters meters;
  private final Alerts alerts;

  OperationCalls(ShopHub shops, Clock clock, Meters meters) {
    this.shops = shops;
    this.meters = meters;
    this.alerts = new Alerts(clock, meters);
  }

  List<Route> routes() {
    return List.of(
        Route.get("/health/live", Access.PUBLIC, Set.of(), _ -> status("live")),
        Route.get("/health/ready", Access.PUBLIC, Set.of(), _ -> ready()),
        Route.get("/metrics", Access.ADMIN, Set.of(), this::metrics),
        Route.get("/openapi.yaml", Access.PUBLIC, Set.of(), _ -> openApi()));
  }

  private static Answer status(String status) {
    return Answer.ok(Json.object().put("status", status));
  }

  private Answer ready() {
    if (!shops.isReady()) {
      throw new ProblemException(
          Problem.Kind.UNAVAILABLE, "The shops are still being read from disk.");
    }
    return status("ready");
  }

  private Answer metrics(Call call) throws IOException {
    ShopId shop = call.authenticated().shop();
    ShopRuntime running = shops.shop(shop);
    ShopStore store = running.store();
    meters.measured(
        shop,
        store.measures().summary(Instant.EPOCH, FOREVER),
        store.journal().end() - store.measured());
    meters.alerts(shop, alerts.levels(running, meters.pulse(shop).read()));
    return Answer.text("text/plain; version=0.0.4; charset=utf-8", meters.scrape(shop));
  }

  private static Answer openApi() {
    return Answer.text("application/yaml; charset=utf-8", document());
  }

  /// The OpenAPI document, written by hand; a test compares it with the routes.
  static String document() {
    try (InputStream in = OperationCalls.class.getResourceAsStream("openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("openapi.yaml is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
