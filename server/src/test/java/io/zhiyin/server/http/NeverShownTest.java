package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.server.config.Capacity;
import io.zhiyin.server.http.LiveServer.Reply;
import io.zhiyin.server.shop.ShopRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Drawn changes of the catalogue, drawn requests: what may not be shown is in no answer of any
/// scenario, search or suggestion from the next request on, while models change and counts are made
/// anew all the time, rules pin and ask for what is gone, and every stage may be late.
class NeverShownTest {
  private static final int ITEMS = 40;
  private static final int USERS = 6;
  private static final int CHANGES = Integer.getInteger("zhiyin.changes", 25);
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Pins and quotas ask for items by name, whether they may be shown or not.
  private static final String RULES =
      "{\"basedOn\":0,\"rules\":[{\"id\":\"pinned\",\"items\":[\"i0\",\"i1\",\"i2\",\"i3\",\"i4\"],"
          + "\"action\":{\"type\":\"pin\",\"position\":1,\"count\":5}},"
          + "{\"id\":\"wanted\",\"when\":\"brand == 'B'\",\"action\":{\"type\":\"quota\",\"atLeast\":8}},"
          + "{\"id\":\"loud\",\"when\":\"price > 1\",\"action\":{\"type\":\"boost\",\"factor\":5}}]}";

  @TempDir static Path data;
  private LiveServer server;
  private final SplittableRandom random = new SplittableRandom(5);
  private final boolean[] hidden = new boolean[ITEMS];

  private static LiveServer start(Duration budget) {
    return LiveServer.start(
        data,
        settings ->
            settings
                .withRefreshEvery(Duration.ofMillis(100))
                .withCapacity(settings.capacity().withBudget(budget)));
  }

  @BeforeAll
  static void aShopWithTwoModels() {
    try (LiveServer server = start(Capacity.DEFAULT.budget())) {
      SplittableRandom random = new SplittableRandom(1);
      List<String> events = new ArrayList<>();
      for (int i = 0; i < ITEMS; i++) {
        put(server, i);
      }
      for (int i = 0; i < USERS * 20; i++) {
        events.add(
            "{\"eventType\":\"%s\",\"userId\":\"u%d\",\"items\":[{\"itemId\":\"i%d\"}]}"
                .formatted(
                    List.of("detail-page-view", "add-to-cart", "purchase-complete")
                        .get(random.nextInt(3)),
                    i % USERS,
                    random.nextInt(ITEMS)));
      }
      assertEquals(200, server.post("/v1/events", "[" + String.join(",", events) + "]").status());
      for (int seed = 1; seed <= 2; seed++) {
        server.post("/v1/models:train", "{\"epochs\":1,\"seed\":" + seed + "}");
        while (server.get("/v1/models").json().at("/training/state").asText().equals("running")) {
          Thread.onSpinWait();
        }
      }
      Reply saved = server.method("PUT", "/v1/rules", RULES);
      assertEquals(200, saved.status(), saved.response().body());
    }
  }

  private static void put(LiveServer server, int item) {
    String document =
        "{\"title\":\"Thing %d of kind %d\",\"categories\":[\"C%d\"],\"brand\":\"B\",\"price\":5,\"stock\":9}"
            .formatted(item, item % 5, item % 5);
    assertEquals(2, server.method("PUT", "/v1/items/i" + item, document).status() / 100);
  }

  private void hide(int item) {
    String path = "/v1/items/i" + item;
    String past = Instant.now().minusSeconds(1).toString();
    Reply reply =
        switch (random.nextInt(4)) {
          case 0 -> server.method("PATCH", path, "{\"stock\":0}");
          case 1 -> server.method("PATCH", path, "{\"available\":false}");
          case 2 -> server.method("PATCH", path, "{\"expireTime\":\"" + past + "\"}");
          default -> server.delete(path);
        };
    assertEquals(2, reply.status() / 100, reply.response().body());
    hidden[item] = true;
  }

  private String request(int item) {
    ObjectNode body = JSON.createObjectNode().put("userId", "u" + random.nextInt(USERS + 1));
    body.put("n", 1 + random.nextInt(ITEMS));
    if (random.nextBoolean()) {
      body.put("itemId", "i" + random.nextInt(ITEMS));
    }
    if (random.nextInt(3) == 0) {
      body.putArray("cart").add("i" + random.nextInt(ITEMS));
    }
    IntStream.range(0, ITEMS).forEach(i -> body.withArray("candidates").add("i" + i));
    return body.put("explain", item % 2 == 0).toString();
  }

  @ParameterizedTest
  @ValueSource(longs = {300, 1})
  void whatMayNotBeShownIsOnNoPathOfAnyScenario(long budgetMillis)
      throws IOException, InterruptedException {
    try (LiveServer live = start(Duration.ofMillis(budgetMillis))) {
      server = live;
      for (int item = 0; item < ITEMS; item++) {
        put(server, item);
      }
      ShopRuntime shop = server.running().shops().shop(ShopId.DEFAULT);
      List<String> models = shop.models().cards().stream().map(card -> card.id()).toList();
      assertEquals(2, models.size());
      List<Throwable> trouble = new ArrayList<>();
      Semaphore turns = new Semaphore(0);
      AtomicBoolean over = new AtomicBoolean();
      Thread changing =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (int i = 0; !over.get(); i++) {
                        shop.activate(models.get(i % 2));
                        turns.acquire();
                      }
                    } catch (IOException | RuntimeException | InterruptedException e) {
                      trouble.add(e);
                    }
                  });
      int shown = 0;
      try {
        for (int change = 0; change < CHANGES; change++) {
          turns.release(); // a model is replaced while this is asked
          shown += changeAndAsk(shop);
        }
      } finally {
        over.set(true);
        turns.release();
        changing.join();
      }
      assertTrue(trouble.isEmpty(), trouble.toString());
      assertTrue(shown > 10 * CHANGES, "items were shown: " + shown);
    }
  }

  private int changeAndAsk(ShopRuntime shop) {
    int item = random.nextInt(3) == 0 ? random.nextInt(5) : random.nextInt(ITEMS);
    if (hidden[item]) {
      put(server, item);
      hidden[item] = false;
    } else {
      hide(item);
    }
    int shown = 0;
    for (String scenario : new TreeSet<>(shop.recommender().scenarios().names())) {
      Reply reply = server.post("/v1/recommendations/" + scenario, request(item));
      assertEquals(200, reply.status(), reply.response().body());
      shown += check(scenario, reply.json().path("items"));
    }
    JsonNode found = search("/v1/search?n=40&userId=u1&q=thing");
    shown += check("search", found.path("items"));
    long left = IntStream.range(0, ITEMS).filter(i -> !hidden[i]).count();
    assertEquals(left, found.path("total").asLong(), "what is hidden is in no count either");
    check("suggestions", search("/v1/search/suggestions?n=20&q=thi").path("suggestions"));
    return shown;
  }

  /// Until the text index of the shop is there.
  private JsonNode search(String path) {
    Reply reply = server.get(path);
    while (reply.status() == 503) {
      reply = server.get(path);
    }
    assertEquals(200, reply.status(), reply.response().body());
    return reply.json();
  }

  private int check(String scenario, JsonNode items) {
    for (JsonNode item : items) {
      String id = item.path("itemId").asText();
      assertFalse(
          id.startsWith("i") && hidden[Integer.parseInt(id.substring(1))],
          () -> id + " is in " + scenario + ": " + items);
    }
    return items.size();
  }
}
