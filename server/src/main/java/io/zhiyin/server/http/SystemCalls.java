package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.server.config.ApiKey;
import io.zhiyin.server.config.KeyFile;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import io.zhiyin.server.shop.TrainingDesk;
import io.zhiyin.server.telemetry.Meters;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `GET /v1/system`: how each part of the server is, what it uses, and which keys there are.
final class SystemCalls {
  /// Less free than this share of a disk is worth a warning.
  private static final double LOW_DISK = 0.05;

  private final ShopHub shops;
  private final Clock clock;
  private final Meters meters;
  private final Alerts alerts;
  private final Instant started;

  SystemCalls(ShopHub shops, Clock clock, Meters meters) {
    this.shops = shops;
    this.clock = clock;
    this.meters = meters;
    this.alerts = new Alerts(clock, meters);
    this.started = clock.instant();
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/system", Access.ADMIN, Set.of(), this::read));
  }

  private Answer read(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    ObjectNode node = Json.object();
    node.put("startedAt", started.toString());
    node.put("uptimeSeconds", Duration.between(started, clock.instant()).toSeconds());
    node.put("java", Runtime.version().toString());
    node.put("processors", Runtime.getRuntime().availableProcessors());
    long free = parts(node.putArray("parts"), shop);
    memory(node.putObject("memory"));
    disk(node.putObject("disk"), free);
    ObjectNode queues = node.putObject("queues");
    meters.levels().forEach(queues::put);
    counts(node.putObject("shop"), shop);
    ArrayNode keys = node.putArray("keys");
    for (ApiKey key : new KeyFile(shops.root()).load().keys()) {
      if (key.shop().equals(shop.id())) {
        keys.addObject()
            .put("id", key.id())
            .put("role", key.role().wireName())
            .put("createdAt", key.created().toString());
      }
    }
    return Answer.ok(node);
  }

  /// @return free bytes of the disk
  private long parts(ArrayNode parts, ShopRuntime shop) throws IOException {
    FileStore store = Files.getFileStore(shops.root());
    boolean low = store.getUsableSpace() < LOW_DISK * store.getTotalSpace();
    part(parts, "disk", low ? "warning" : "good", low ? "almost-full" : "");
    part(parts, "counts", shop.indexes().isPresent() ? "good" : "warning", "");
    Optional<Instant> made = alerts.modelMadeAt(shop);
    boolean stale =
        made.isPresent()
            && Duration.between(made.get(), clock.instant()).compareTo(Alerts.STALE) > 0;
    boolean none = shop.models().active().isEmpty();
    part(parts, "model", none || stale ? "warning" : "good", none ? "none" : stale ? "stale" : "");
    boolean failed =
        shops
            .trainings()
            .of(shop.id())
            .map(run -> run.state() == TrainingDesk.State.FAILED)
            .orElse(false);
    part(parts, "training", failed ? "warning" : "good", failed ? "failed" : "");
    boolean behind = shop.journal().end() - shop.store().measured() > Alerts.BEHIND;
    part(parts, "measures", behind ? "warning" : "good", behind ? "behind" : "");
    return store.getUsableSpace();
  }

  private static void part(ArrayNode parts, String name, String state, String why) {
    parts.addObject().put("part", name).put("state", state).put("why", why);
  }

  private static void memory(ObjectNode node) {
    var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    node.put("heapUsedBytes", heap.getUsed()).put("heapMaxBytes", heap.getMax());
    node.put(
        "otherUsedBytes", ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed());
  }

  private void disk(ObjectNode node, long free) throws IOException {
    node.put("freeBytes", free).put("totalBytes", Files.getFileStore(shops.root()).getTotalSpace());
  }

  private static void counts(ObjectNode node, ShopRuntime shop) {
    node.put("shop", shop.id().value());
    node.put("events", shop.journal().end());
    node.put("items", shop.catalog().documents());
    node.put("shoppers", shop.profiles().size());
    node.put("model", shop.models().active().orElse(""));
  }
}
