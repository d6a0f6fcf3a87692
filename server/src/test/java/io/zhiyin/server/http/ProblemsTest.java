package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.server.config.Limits;
import io.zhiyin.server.config.Patience;
import io.zhiyin.server.http.LiveServer.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever goes wrong is answered with a problem document.
class ProblemsTest {
  private static final Limits SMALL =
      new Limits(
          2_000,
          4_000,
          4_000,
          100,
          Patience.DEFAULT
              .withHeadAndPause(Duration.ofMillis(400))
              .withBody(Duration.ofSeconds(2)));

  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");

  private static final String HEAD =
      """
      POST /v1/events HTTP/1.1\r
      Host: localhost\r
      Content-Type: application/json\r
      Content-Length: 100\r
      \r
      """;

  @TempDir static Path data;
  @TempDir Path other;
  private static LiveServer server;

  @BeforeAll
  static void start() {
    server = LiveServer.start(data, settings -> settings.withLimits(SMALL));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void isProblem(int status, String name, Reply reply) {
    assertEquals(status, reply.status(), reply.response().body());
    assertEquals("application/problem+json", reply.header("Content-Type"));
    assertEquals("urn:zhiyin:problem:" + name, reply.json().path("type").asText());
    assertEquals(status, reply.json().path("status").asInt());
    assertFalse(reply.json().path("title").asText().isEmpty());
    assertFalse(reply.json().path("detail").asText().isEmpty());
    assertTrue(reply.json().path("errors").isArray());
    assertFalse(reply.response().body().contains("io.zhiyin"), "no stack traces");
  }

  @Nested
  class TheAddress {
    @Test
    void ofNoCallIs404() {
      isProblem(404, "not-found", server.get("/v2/anything"));
      isProblem(404, "not-found", server.get("/v1/items/"));
      isProblem(404, "not-found", server.get("/v1/recommendations/nowhere?userId=u"));
    }

    @Test
    void withAnotherMethodIs405AndSaysWhichAreAllowed() {
      Reply reply = server.get("/v1/models:train");
      isProblem(405, "method-not-allowed", reply);
      assertEquals("POST", reply.header("Allow"));
      assertEquals(
          "DELETE, GET, HEAD, PATCH, PUT", server.post("/v1/items/i1", "{}").header("Allow"));
    }

    @Test
    void withAnUnknownParameterIs400AndNamesIt() {
      Reply reply = server.get("/v1/recommendations/home-feed?userId=u&limit=3&m=4");
      isProblem(400, "unknown-parameter", reply);
      assertEquals("limit", reply.json().at("/errors/0/field").asText());
      assertEquals("3", reply.json().at("/errors/0/value").asText());
      assertEquals("m", reply.json().at("/errors/1/field").asText());
    }

    @Test
    void withAValueOutOfRangeIs400WithFieldValueAndReason() {
      Reply reply = server.get("/v1/recommendations/home-feed?userId=u&n=201");
      isProblem(400, "invalid-input", reply);
      assertEquals("n", reply.json().at("/errors/0/field").asText());
      assertEquals("201", reply.json().at("/errors/0/value").asText());
      assertEquals(
          "must be a whole number between 1 and 200", reply.json().at("/errors/0/reason").asText());
    }

    @Test
    void withBrokenEscapesIs400() throws IOException {
      assertTrue(raw("GET /v1/items/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n").contains(" 400 "));
      assertTrue(
          raw("GET /v1/items?category=%ff HTTP/1.1\r\nHost: localhost\r\n\r\n").contains(" 400 "));
    }

    @Test
    void mayHaveEscapedSlashesAndChineseInAnId() {
      assertEquals(201, server.method("PUT", "/v1/items/a%2Fb%E5%A4%B4", "{\"price\":1}").status());
      assertEquals("a/b头", server.get("/v1/items/a%2Fb%E5%A4%B4").json().path("itemId").asText());
    }
  }

  @Nested
  class TheBody {
    @Test
    void ofAnotherTypeIs415() {
      isProblem(
          415,
          "unsupported-media-type",
          server.send(
              server
                  .request("/v1/events")
                  .header("Content-Type", "text/plain")
                  .POST(BodyPublishers.ofString("{}"))));
      isProblem(
          415,
          "unsupported-media-type",
          server.send(server.request("/v1/events").POST(BodyPublishers.ofString("{}"))));
    }

    @Test
    void thatIsNoJsonIs400() {
      isProblem(400, "invalid-input", server.post("/v1/events", "{\"eventType\":"));
      isProblem(
          400, "malformed-request", server.post("/v1/recommendations/home-feed", "{\"userId\" 1}"));
      isProblem(400, "invalid-input", server.post("/v1/events", ""));
    }

    @Test
    void thatIsTooLongIs413() {
      isProblem(413, "too-large", server.post("/v1/events", "[" + " ".repeat(3_000) + "]"));
    }

    @Test
    void thatIsTooLongAndDoesNotSaySoIs413() {
      byte[] long_ = " ".repeat(3_000).getBytes(StandardCharsets.UTF_8);
      isProblem(
          413,
          "too-large",
          server.send(
              server
                  .json("/v1/events")
                  .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(long_)))));
    }

    @Test
    void thatStandsStillIs408AndEndsTheConnection() throws IOException {
      try (Socket socket = connect()) {
        RawSocket.write(socket, HEAD + "{");
        // read up to the end of the stream, which only the server can give it
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(answer.startsWith("HTTP/1.1 408"), answer);
        assertTrue(answer.contains("urn:zhiyin:problem:timed-out"), answer);
        assertTrue(answer.toLowerCase(Locale.ROOT).contains("connection: close"), answer);
      }
      assertEquals(200, server.get("/health/live").status());
    }

    @Test
    void thatTricklesForTooLongIs408() throws IOException {
      try (Socket socket = connect()) {
        RawSocket.write(socket, HEAD);
        socket.setSoTimeout(50);
        StringBuilder answer = new StringBuilder();
        for (int sent = 0; sent < 99 && answer.isEmpty(); sent++) {
          RawSocket.write(socket, " ");
          answer.append(RawSocket.within(socket));
        }
        assertTrue(answer.toString().startsWith("HTTP/1.1 408"), answer.toString());
      }
    }

    @Test
    void withMoreEntriesThanABatchHoldsIs400() {
      try (LiveServer large = LiveServer.start(other)) {
        String event = "{\"eventType\":\"home-page-view\",\"visitorId\":\"v\"}";
        Reply reply = large.post("/v1/events", "[" + (event + ",").repeat(1_000) + event + "]");
        isProblem(400, "invalid-input", reply);
        assertEquals("may have at most 1000 entries", reply.json().at("/errors/0/reason").asText());
        assertEquals(404, large.get("/v1/visitors/v/profile").status(), "nothing of it was kept");
      }
    }

    @Test
    void whereNoneBelongsIs400() {
      isProblem(
          400,
          "malformed-request",
          server.send(server.json("/v1/items").method("GET", BodyPublishers.ofString("{}"))));
    }
  }

  @Nested
  class TheProtocol {
    @Test
    void withHeadersThatAreTooLongIs431() throws IOException {
      for (int longer : new int[] {4_001, 9_000, 300_000}) {
        String answer =
            raw("GET / HTTP/1.1\r\nHost: localhost\r\nX-A: " + "a".repeat(longer) + "\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 431 "), answer);
        assertTrue(answer.contains("urn:zhiyin:problem:headers-too-large"), answer);
      }
    }

    @Test
    void withALineThatIsTooLongIs414() throws IOException {
      for (int longer : new int[] {4_001, 9_000, 300_000}) {
        String answer = raw("GET /" + "a".repeat(longer) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 414 "), answer);
        assertTrue(answer.contains("urn:zhiyin:problem:uri-too-long"), answer);
      }
    }

    @Test
    void ofAnOlderVersionIs505() throws IOException {
      String answer = raw("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n");
      assertTrue(answer.startsWith("HTTP/1.1 505 "), answer);
      assertTrue(answer.contains("urn:zhiyin:problem:version-not-supported"), answer);
    }

    @Test
    void thatIsNotHttpIs400() throws IOException {
      String answer = raw("HELLO\r\n\r\n");
      assertTrue(answer.startsWith("HTTP/1.1 400") || answer.isEmpty(), answer);
    }
  }

  @Nested
  class ABrowserThatWasTricked {
    @Test
    void byAnotherNameForThisMachineIsTurnedAway() throws IOException {
      String answer = raw("GET /v1/items HTTP/1.1\r\nHost: evil.example\r\n\r\n");
      assertTrue(answer.contains(" 421 "), answer);
      assertTrue(answer.contains("urn:zhiyin:problem:misdirected"), answer);
      assertTrue(raw("GET /v1/items HTTP/1.1\r\nHost: localhost:1\r\n\r\n").contains(" 200 "));
      assertTrue(raw("GET /v1/items HTTP/1.1\r\nHost: [::1]:1\r\n\r\n").contains(" 200 "));
    }

    @Test
    void byAPageOfAnotherOriginIsTurnedAway() {
      isProblem(
          403,
          "foreign-origin",
          server.send(
              server
                  .json("/v1/events")
                  .header("Origin", "https://evil.example")
                  .POST(BodyPublishers.ofString("{}"))));
      isProblem(
          403,
          "foreign-origin",
          server.send(
              server
                  .json("/v1/events")
                  .header("Sec-Fetch-Site", "cross-site")
                  .POST(BodyPublishers.ofString("{}"))));
    }

    @Test
    void butTheShopsOwnPageMayCall() {
      assertEquals(
          200,
          server
              .send(
                  server
                      .json("/v1/events")
                      .header("Origin", server.url())
                      .POST(
                          BodyPublishers.ofString(
                              "{\"eventType\":\"home-page-view\",\"visitorId\":\"v\"}")))
              .status());
    }
  }

  private static Socket connect() throws IOException {
    return RawSocket.connect(server.url(), 20_000);
  }

  /// Sends the bytes as they are and reads one answer, or what comes until the server closes.
  private static String raw(String request) throws IOException {
    URI uri = URI.create(server.url());
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      byte[] buffer = new byte[4_096];
      int n = 0;
      while (n >= 0 && !isWhole(answer.toString(StandardCharsets.ISO_8859_1))) {
        n = socket.getInputStream().read(buffer);
        answer.write(buffer, 0, Math.max(0, n));
      }
      return answer.toString(StandardCharsets.UTF_8);
    }
  }

  /// Whether all bytes that the head announces are there, each of them a character.
  private static boolean isWhole(String answer) {
    int head = answer.indexOf("\r\n\r\n");
    Matcher length = LENGTH.matcher(answer);
    return head >= 0
        && length.find()
        && answer.length() - head - 4 >= Integer.parseInt(length.group(1));
  }
}
