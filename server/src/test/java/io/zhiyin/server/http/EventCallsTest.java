package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.zhiyin.server.http.LiveServer.Reply;
import io.zhiyin.server.telemetry.AccessLog;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events at the door, lists and their reasons, and what the log says of it.
class EventCallsTest {
  private static final BlockingQueue<String> LINES = new LinkedBlockingQueue<>();

  @TempDir static Path data;
  private static LiveServer server;

  @BeforeAll
  static void start() {
    AccessLog log = new AccessLog(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), LINES::add);
    server = LiveServer.start(data, settings -> settings, log);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String view(String id, String user, String item) {
    return "{\"eventId\":\"%s\",\"eventType\":\"detail-page-view\",\"userId\":\"%s\",\"items\":[{\"itemId\":\"%s\"}]}"
        .formatted(id, user, item);
  }

  private static List<String> counts(CharSequence answers) {
    return Pattern.compile("\"accepted\":\\d,\"duplicates\":\\d")
        .matcher(answers)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  /// A body that comes with its head is read to its end and not beyond: the next call begins there.
  @Test
  void callsThatComeTogetherAreAnsweredOneAfterTheOther() throws IOException {
    StringBuilder calls = new StringBuilder();
    for (String id : List.of("together-1", "together-2", "together-1")) {
      String body = view(id, "together", "i");
      calls
          .append(
              "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n")
          .append("Content-Length: %d\r\n\r\n%s".formatted(body.length(), body));
    }
    try (Socket socket = RawSocket.connect(server.url(), 60_000)) {
      RawSocket.write(socket, calls.toString());
      StringBuilder answers = new StringBuilder();
      for (String more = "more"; counts(answers).size() < 3 && !more.isEmpty(); ) {
        more = RawSocket.within(socket);
        answers.append(more);
      }
      assertEquals(
          List.of(
              "\"accepted\":1,\"duplicates\":0",
              "\"accepted\":1,\"duplicates\":0",
              "\"accepted\":0,\"duplicates\":1"),
          counts(answers),
          answers.toString());
    }
  }

  @Nested
  class ABatch {
    @Test
    void keepsTheGoodAndNamesTheBad() {
      Reply reply =
          server.post(
              "/v1/events",
              "["
                  + view("b1", "u", "i")
                  + ",{\"eventType\":\"nonsense\",\"userId\":\"u\"},"
                  + view("b1", "u", "i")
                  + ","
                  + view("b2", "u", "i")
                  + "]");
      assertEquals(200, reply.status());
      assertEquals(2, reply.json().path("accepted").asInt());
      assertEquals(1, reply.json().path("duplicates").asInt());
      assertEquals(1, reply.json().path("rejected").asInt());
      JsonNode error = reply.json().at("/errors/0");
      assertEquals(1, error.path("index").asInt());
      assertEquals("eventType", error.path("field").asText());
      assertEquals("nonsense", error.path("value").asText());
      assertFalse(error.path("reason").asText().isEmpty());
    }

    @Test
    void ofLinesIsTakenToo() {
      Reply reply =
          server.send(
              server
                  .request("/v1/events")
                  .header("Content-Type", "application/x-ndjson")
                  .POST(
                      BodyPublishers.ofString(
                          view("n1", "u", "i") + "\n" + view("n2", "u", "i") + "\n")));
      assertEquals(2, reply.json().path("accepted").asInt());
    }

    @Test
    void withoutASingleGoodEventIsAProblem() {
      Reply reply = server.post("/v1/events", "[{\"eventType\":\"click\"},{}]");
      assertEquals(400, reply.status());
      assertEquals(2, reply.json().path("errors").size());
      assertEquals(1, reply.json().at("/errors/1/index").asInt());
    }

    @Test
    void ofMoreThanAThousandIsRefusedWhole() {
      StringBuilder many = new StringBuilder("[" + view("m", "u", "i"));
      for (int i = 0; i < 1_000; i++) {
        many.append(',').append(view("m" + i, "many", "i"));
      }
      assertEquals(400, server.post("/v1/events", many + "]").status());
      assertEquals(404, server.get("/v1/users/many/profile").status());
    }
  }

  @Nested
  class AList {
    @Test
    void givesReasonsInBothLanguagesAndATrace() {
      server.method(
          "PUT",
          "/v1/items/r1",
          "{\"title\":\"Red\",\"categories\":[\"Tea\"],\"attributes\":{\"title_zh\":\"红茶\",\"title_en\":\"Red tea\",\"category_zh\":\"茶\"}}");
      server.method("PUT", "/v1/items/r2", "{\"title\":\"Green tea\",\"categories\":[\"Tea\"]}");
      server.post("/v1/events", view("r", "reader", "r1"));
      String path = "/v1/recommendations/recently-viewed?userId=reader&explain=true&lang=";
      Reply english = server.get(path + "en");
      assertEquals(
          "You viewed this recently", english.json().at("/items/0/reasons/0/text").asText());
      assertEquals("你最近看过", server.get(path + "zh").json().at("/items/0/reasons/0/text").asText());
      assertEquals(400, server.get(path + "fr").status());
      String trace = "/v1/explanations/" + english.json().path("recommendationId").asText();
      assertEquals("r1", server.get(trace).json().at("/items/0/itemId").asText());
      assertTrue(server.get(trace + "?itemId=r1").json().path("shown").asBoolean());
      assertEquals(
          "unknown-item", server.get(trace + "?itemId=nothing").json().path("code").asText());
    }

    @Test
    void keepsToItsFilterAndRefusesOneThatIsWrong() {
      server.method("PUT", "/v1/items/cheap", "{\"price\":5}");
      server.method("PUT", "/v1/items/dear", "{\"price\":500}");
      Reply cheap =
          server.post(
              "/v1/recommendations/trending",
              "{\"visitorId\":\"v\",\"n\":200,\"filter\":\"price < 50.0\"}");
      assertTrue(cheap.response().body().contains("\"cheap\""), cheap.response().body());
      assertFalse(cheap.response().body().contains("\"dear\""));
      Reply wrong =
          server.post(
              "/v1/recommendations/trending", "{\"visitorId\":\"v\",\"filter\":\"colour == 1\"}");
      assertEquals(400, wrong.status());
      assertEquals("filter", wrong.json().at("/errors/0/field").asText());
    }
  }

  @Nested
  class TheLogAndTheMeters {
    @Test
    void nameNoUserAndNoItem() throws InterruptedException {
      server.get("/v1/users/secret-user/profile?lang=zh");
      String line = lineOf("/profile ");
      assertTrue(line.startsWith("1970-01-01T00:00:00Z GET /v1/users/{userId}/profile 404 "), line);
      assertFalse(line.contains("secret-user"), line);
    }

    /// The line is written once the answer is on its way, so it may come after the answer. Waiting
    /// is bounded only for a server that writes none.
    private static String lineOf(String part) throws InterruptedException {
      while (true) {
        String line = LINES.poll(1, TimeUnit.MINUTES);
        assertNotNull(line, "no line of the log has " + part);
        if (line.contains(part)) {
          return line;
        }
      }
    }

    @Test
    void countEventsAndTimeLists() {
      server.post("/v1/events", view("meter", "u", "i"));
      server.get("/v1/recommendations/home-feed?userId=u");
      String meters = server.get("/metrics").response().body();
      assertTrue(meters.contains("zhiyin_events_total{"), meters);
      assertTrue(meters.contains("zhiyin_recommendations_seconds_count{scenario=\"home-feed\""));
      assertTrue(meters.contains("zhiyin_stages_seconds_count{"));
    }
  }
}
