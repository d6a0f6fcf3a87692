package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.ShopId;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Drawn changes of the catalogue, drawn requests: what may not be shown is in no answer of any
/// scenario from the next request on, while models change and counts are made anew all the time.
class NeverShownTest {
  private static final int ITEMS = 40;
  private static final int USERS = 6;
  private static final int CHANGES = Integer.getInteger("zhiyin.changes", 25);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path data;
  private static LiveServer server;
  private final SplittableRandom random = new SplittableRandom(5);
  private final boolean[] hidden = new boolean[ITEMS];

  @BeforeAll
  static void aShopWithTwoModels() throws IOException {
    server = LiveServer.start(data, settings -> settings.withRefreshEvery(Duration.ofHours(1)));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < ITEMS; i++) {
      put(i);
    }
    List<String> events = new ArrayList<>();
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
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void put(int item) {
    String document =
        "{\"title\":\"Thing %d of kind %d\",\"categories\":[\"C%d\"],\"price\":5,\"stock\":9}"
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

  @Test
  void whatMayNotBeShownIsOnNoPathOfAnyScenario() throws IOException, InterruptedException {
    ShopRuntime shop = server.running().shops().shop(ShopId.DEFAULT);
    List<String> models = shop.models().cards().stream().map(card -> card.id()).toList();
    assertEquals(2, models.size());
    AtomicBoolean over = new AtomicBoolean();
    List<Throwable> trouble = new ArrayList<>();
    Thread changing =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    for (int i = 0; !over.get(); i++) {
                      shop.activate(models.get(i % 2));
                    }
                  } catch (IOException | RuntimeException e) {
                    trouble.add(e);
                  }
                });
    int asked = 0;
    try {
      for (int change = 0; change < CHANGES; change++) {
        int item = random.nextInt(ITEMS);
        if (hidden[item]) {
          put(item);
          hidden[item] = false;
        } else {
          hide(item);
        }
        for (String scenario : new TreeSet<>(shop.recommender().scenarios().names())) {
          Reply reply = server.post("/v1/recommendations/" + scenario, request(item));
          assertEquals(200, reply.status(), reply.response().body());
          asked += check(scenario, reply.json());
        }
      }
    } finally {
      over.set(true);
      changing.join();
    }
    assertTrue(trouble.isEmpty(), trouble.toString());
    assertTrue(asked > 10 * CHANGES, "items were shown: " + asked);
  }

  private int check(String scenario, JsonNode answer) {
    for (JsonNode item : answer.path("items")) {
      String id = item.path("itemId").asText();
      assertFalse(
          hidden[Integer.parseInt(id.substring(1))],
          () -> id + " is in " + scenario + ": " + answer);
    }
    return answer.path("items").size();
  }
}
