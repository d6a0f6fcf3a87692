package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.zhiyin.server.http.LiveServer.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged counts in the very next request.
class FreshnessTest {
  private static final int ITEMS = 60;
  private static final int SHOPPERS = 8;
  private static final int MOST_REFUSALS = 1_000;
  private static final int TRIALS = Integer.getInteger("zhiyin.trials", 1_000);

  @TempDir static Path data;
  private static LiveServer server;

  @BeforeAll
  static void start() {
    // the counts behind the lists stay as they are, so that only the shopper's own events can
    // change
    server = LiveServer.start(data, settings -> settings.withRefreshEvery(Duration.ofHours(1)));
    StringBuilder items = new StringBuilder("[");
    for (int i = 0; i < ITEMS; i++) {
      items
          .append(i == 0 ? "" : ",")
          .append(
              "{\"itemId\":\"i%d\",\"title\":\"Thing %d\",\"categories\":[\"C%d\"],\"price\":%d,\"stock\":9}"
                  .formatted(i, i, i % 6, i + 1));
    }
    assertEquals(ITEMS, server.post("/v1/items", items + "]").json().path("accepted").asInt());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Reply event(String type, String who, String item) {
    return server.post(
        "/v1/events",
        "{\"eventType\":\"%s\",%s,\"items\":[{\"itemId\":\"%s\"}]}".formatted(type, who, item));
  }

  private static List<String> list(String path) {
    List<String> ids = new ArrayList<>();
    Reply reply = server.get(path);
    // eight ask at once of a server just started: to be refused is no answer
    for (int refused = 1; reply.status() == 503 && refused < MOST_REFUSALS; refused++) {
      reply = server.get(path);
    }
    assertEquals(200, reply.status(), reply.response().body());
    for (JsonNode item : reply.json().path("items")) {
      ids.add(item.path("itemId").asText());
    }
    return ids;
  }

  @Nested
  class AView {
    /// Shoppers side by side, each of whom looks at an item and then asks, again and again.
    /// `-Dzhiyin.trials=10000` asks more often.
    @Test
    void leadsTheListOfRecentlyViewedInEachTrial() throws InterruptedException {
      AtomicInteger seen = new AtomicInteger();
      List<Thread> shoppers = new ArrayList<>();
      for (int s = 0; s < SHOPPERS; s++) {
        String user = "viewer" + s;
        Random random = new Random(s);
        shoppers.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      for (int trial = 0; trial < TRIALS / SHOPPERS; trial++) {
                        String item = "i" + random.nextInt(ITEMS);
                        event("detail-page-view", "\"userId\":\"" + user + "\"", item);
                        List<String> ids =
                            list("/v1/recommendations/recently-viewed?userId=" + user + "&n=1");
                        seen.addAndGet(ids.equals(List.of(item)) ? 1 : 0);
                      }
                    }));
      }
      for (Thread shopper : shoppers) {
        shopper.join();
      }
      assertEquals(TRIALS, seen.get());
    }
  }

  @Nested
  class ANewItem {
    @Test
    void isInTheNextListForWhoLikesWhatItSays(@TempDir Path other) {
      try (LiveServer fitted = fittedTo12Items(other)) {
        isShownAtOnce(fitted);
      }
    }

    @Test
    void isAmongTheSimilarItemsOfAnotherAndHasSuchItself(@TempDir Path other) {
      try (LiveServer fitted = fittedTo12Items(other)) {
        for (int kind = 0; kind < 6; kind++) {
          String id = "new" + kind;
          assertEquals(201, fitted.method("PUT", "/v1/items/" + id, document(kind)).status());
          assertTrue(leaders(fitted, "i" + kind).contains(id), "beside i" + kind);
          assertTrue(leaders(fitted, id).contains("i" + kind), "beside " + id);
          assertEquals(200, fitted.method("PATCH", "/v1/items/" + id, "{\"stock\":0}").status());
          assertFalse(leaders(fitted, "i" + kind).contains(id), "sold out");
        }
      }
    }

    /// Counts no more while the test runs.
    private static LiveServer fittedTo12Items(Path directory) {
      LiveServer first = LiveServer.start(directory);
      for (int i = 0; i < 12; i++) {
        first.method("PUT", "/v1/items/i" + i, document(i % 6));
      }
      first.close();
      return LiveServer.start(
          directory, settings -> settings.withRefreshEvery(Duration.ofHours(1)));
    }

    /// The two that are most like it: of each kind there are two beside it.
    private static List<String> leaders(LiveServer server, String item) {
      Reply reply = server.get("/v1/recommendations/similar-items?visitorId=v&n=2&itemId=" + item);
      assertEquals(200, reply.status(), reply.response().body());
      return reply.json().path("items").findValuesAsText("itemId");
    }

    private static String document(int kind) {
      return "{\"title\":\"Thing of kind%d\",\"categories\":[\"C%d\"],\"price\":5,\"stock\":1}"
          .formatted(kind, kind);
    }

    private static void isShownAtOnce(LiveServer server) {
      for (int trial = 0; trial < 20; trial++) {
        server.post(
            "/v1/events",
            "{\"eventType\":\"detail-page-view\",\"userId\":\"fan%d\",\"items\":[{\"itemId\":\"i%d\"}]}"
                .formatted(trial, trial % 12));
        String id = "new" + trial;
        assertEquals(201, server.method("PUT", "/v1/items/" + id, document(trial % 6)).status());
        Reply reply = server.get("/v1/recommendations/home-feed?userId=fan" + trial + "&n=200");
        String answer = reply.json().path("recommendationId").asText();
        Reply why = server.get("/v1/explanations/" + answer + "?itemId=" + id);
        assertTrue(why.json().path("shown").asBoolean(), why.response().body());
        assertTrue(
            why.json().at("/evidence/content-similar").asDouble() > 0, why.response().body());
      }
    }
  }

  @Nested
  class APurchase {
    @Test
    void takesTheItemOutOfTheHomeFeedInEachOf20Trials() {
      for (int trial = 0; trial < 20; trial++) {
        String who = "\"userId\":\"buyer" + trial + "\"";
        String feed = "/v1/recommendations/home-feed?userId=buyer" + trial + "&n=200";
        event("detail-page-view", who, "i1");
        assertTrue(list(feed).contains("i" + trial));
        event("purchase-complete", who, "i" + trial);
        assertFalse(list(feed).contains("i" + trial));
      }
    }
  }

  @Nested
  class AChangeOfTheCatalogue {
    @Test
    void takesEffectOnTheNextRequest() {
      String feed = "/v1/recommendations/trending?visitorId=v&n=200";
      assertTrue(list(feed).contains("i7"));
      assertEquals(200, server.method("PATCH", "/v1/items/i7", "{\"stock\":0}").status());
      assertFalse(list(feed).contains("i7"));
      assertEquals(200, server.method("PATCH", "/v1/items/i7", "{\"stock\":1}").status());
      assertTrue(list(feed).contains("i7"));
      assertEquals(204, server.delete("/v1/items/i7").status());
      assertFalse(list(feed).contains("i7"));
      assertEquals(404, server.get("/v1/items/i7").status());
      assertEquals(201, server.method("PUT", "/v1/items/i7", "{\"stock\":1}").status());
      assertTrue(list(feed).contains("i7"));
    }
  }

  @Nested
  class ALogin {
    @Test
    void bringsWhatTheVisitorDidToTheUser() {
      event("detail-page-view", "\"visitorId\":\"device\"", "i33");
      server.post(
          "/v1/events", "{\"eventType\":\"login\",\"userId\":\"known\",\"visitorId\":\"device\"}");
      assertEquals(List.of("i33"), list("/v1/recommendations/recently-viewed?userId=known&n=5"));
    }
  }

  @Nested
  class AnErasedUser {
    @Test
    void isUnknownAtOnceAndExportsNothing() {
      event("detail-page-view", "\"userId\":\"gone\"", "i3");
      assertEquals(1, server.get("/v1/users/gone/export").json().path("events").size());
      assertEquals(204, server.delete("/v1/users/gone").status());
      assertEquals(404, server.get("/v1/users/gone/profile").status());
      assertEquals(404, server.get("/v1/users/gone/export").status());
      assertTrue(list("/v1/recommendations/recently-viewed?userId=gone").isEmpty());
    }
  }
}
