package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happened, listed, and one user's past.
class EventListingTest {
  private static final int EVENTS = 30;

  @TempDir static Path data;
  private static LiveServer server;

  @BeforeAll
  static void start() {
    server = LiveServer.start(data);
    for (int i = 0; i < 4; i++) {
      server.method("PUT", "/v1/items/i" + i, "{\"categories\":[\"Tea\"],\"price\":5,\"stock\":2}");
    }
    for (int i = 0; i < EVENTS; i++) {
      server.post(
          "/v1/events",
          "{\"eventId\":\"e%d\",\"eventType\":\"%s\",\"eventTime\":\"2026-01-01T00:00:%02dZ\",\"userId\":\"u%d\",\"items\":[{\"itemId\":\"i%d\"}]}"
              .formatted(i, i % 5 == 0 ? "add-to-cart" : "detail-page-view", i, i % 3, i % 4));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<String> ids(JsonNode page) {
    return page.path("events").valueStream().map(e -> e.at("/event/eventId").asText()).toList();
  }

  private static List<String> all(String filter, int n) {
    List<String> ids = new ArrayList<>();
    String before = "";
    for (int pages = 0; pages < 100; pages++) {
      JsonNode page = server.get("/v1/events?n=" + n + filter + before).json();
      ids.addAll(ids(page));
      if (!page.has("next")) {
        return ids;
      }
      before = "&before=" + page.path("next").asLong();
    }
    throw new AssertionError("the pages have no end");
  }

  @Nested
  class AListing {
    @Test
    void hasTheNewestFirstAndEndsWithTheOldest() {
      JsonNode page = server.get("/v1/events?n=3").json();
      assertEquals(List.of("e29", "e28", "e27"), ids(page));
      assertEquals(EVENTS + 4, page.path("end").asLong());
      List<String> all = all("", 7);
      assertEquals(EVENTS + 4, all.size());
      assertEquals(all.stream().distinct().toList(), all);
    }

    @Test
    void leavesOutWhatDoesNotFit() {
      assertEquals(List.of("e27", "e24", "e21"), all("&shopper=u0", 2).subList(0, 3));
      assertEquals(EVENTS / 3, all("&shopper=u0", 4).size());
      assertEquals(List.of("e25", "e20", "e15", "e10", "e5", "e0"), all("&kind=add-to-cart", 2));
      assertEquals(List.of("e20", "e0"), all("&kind=cart&itemId=i0", 1));
      assertTrue(all("&itemId=i0", 50).size() > all("&itemId=i0&kind=pv", 50).size());
    }

    @Test
    void ofWhatCameAfterAnOffsetStopsThere() {
      JsonNode page = server.get("/v1/events?after=" + (EVENTS + 1)).json();
      assertEquals(List.of("e29", "e28"), ids(page));
      assertFalse(page.has("next"), page.toString());
      assertEquals(List.of(), ids(server.get("/v1/events?after=1000").json()));
    }

    @Test
    void refusesOffsetsAndKindsThatAreNone() {
      assertEquals(400, server.get("/v1/events?before=-1").status());
      assertEquals(400, server.get("/v1/events?kind=dance").status());
    }
  }

  @Nested
  class AReplay {
    @Test
    void knowsAfterEachEventWhatHadHappenedUntilThen() {
      JsonNode replay = server.get("/v1/users/u1/replay?n=4").json();
      assertEquals(10, replay.path("total").asInt());
      List<JsonNode> steps = replay.path("steps").valueStream().toList();
      assertEquals(4, steps.size());
      for (int i = 0; i < 4; i++) {
        JsonNode step = steps.get(i);
        assertEquals(7 + i, step.path("number").asInt());
        assertEquals("e" + (19 + 3 * i), step.at("/event/eventId").asText());
        assertEquals(7 + i, step.at("/profile/eventCount").asInt(), step.toString());
        assertEquals(step.at("/event/eventTime"), step.at("/profile/lastSeen"));
      }
    }

    @Test
    void endsWithTheProfileOfNow() {
      JsonNode last = server.get("/v1/users/u2/replay?n=1").json().at("/steps/0/profile");
      JsonNode now = server.get("/v1/users/u2/profile").json();
      assertEquals(now.path("recent"), last.path("recent"));
      assertEquals(now.path("events"), last.path("events"));
    }

    @Test
    void changesNothingOfWhatIsKept() {
      String before = server.get("/v1/events?n=1").json().path("end").asText();
      server.get("/v1/users/u1/replay");
      assertEquals(before, server.get("/v1/events?n=1").json().path("end").asText());
    }

    @Test
    void isNotOfSomebodyUnknown() {
      assertEquals(404, server.get("/v1/users/nobody/replay").status());
      assertEquals(404, server.get("/v1/users/u1/replay?scenario=none").status());
    }
  }
}
