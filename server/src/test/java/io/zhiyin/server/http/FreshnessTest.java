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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged counts in the very next request.
class FreshnessTest {
  private static final int ITEMS = 60;
  private static final int TRIALS = 200;

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
    assertEquals(200, reply.status(), reply.response().body());
    for (JsonNode item : reply.json().path("items")) {
      ids.add(item.path("itemId").asText());
    }
    return ids;
  }

  @Nested
  class AView {
    @Test
    void leadsTheListOfRecentlyViewedInEachOf200Trials() {
      Random random = new Random(1);
      int seen = 0;
      for (int trial = 0; trial < TRIALS; trial++) {
        String user = "u" + random.nextInt(20);
        String item = "i" + random.nextInt(ITEMS);
        assertEquals(200, event("detail-page-view", "\"userId\":\"" + user + "\"", item).status());
        List<String> ids = list("/v1/recommendations/recently-viewed?userId=" + user + "&n=5");
        seen += !ids.isEmpty() && ids.getFirst().equals(item) ? 1 : 0;
      }
      assertEquals(TRIALS, seen);
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
