package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.ShopId;
import io.zhiyin.server.config.KeyFile;
import io.zhiyin.server.config.Limits;
import io.zhiyin.server.config.LiveKeys;
import io.zhiyin.server.config.Patience;
import io.zhiyin.server.config.ServerSettings;
import io.zhiyin.server.telemetry.AccessLog;
import io.zhiyin.server.telemetry.Meters;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who keeps the server waiting does not keep the others waiting, and not the server for ever.
class SlowClientsTest {
  private static final String ASK = "GET /health HTTP/1.1\r\nHost: localhost\r\n";
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir Path data;
  private final Meters meters = new Meters();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  private Answer slowly(Call call) {
    begun.countDown();
    try {
      done.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return Answer.ok(Json.object());
  }

  private ApiServer server(Limits limits) {
    byte[] large = new byte[32 << 20];
    RouteTable table =
        new RouteTable(
            List.of(
                Route.get("/health", Access.PUBLIC, Set.of(), _ -> Answer.ok(Json.object())),
                Route.get("/slow", Access.PUBLIC, Set.of(), this::slowly),
                Route.get(
                    "/large",
                    Access.PUBLIC,
                    Set.of(),
                    _ -> new Answer(200, "application/octet-stream", large, Map.of()))));
    ServerSettings settings = ServerSettings.of(data, 0).withLimits(limits);
    LiveKeys keys = new LiveKeys(new KeyFile(data), Clock.systemUTC());
    return ApiServer.start(settings, table, keys, AccessLog.OFF, meters);
  }

  private ApiServer server(Patience patience) {
    return server(Limits.DEFAULT.withPatience(patience));
  }

  private static Socket connect(ApiServer server) throws IOException {
    return RawSocket.connect(server.url(), 60_000);
  }

  /// All that comes until the server closes.
  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /// The answer to a request of [#ASK], with the connection left open.
  private static String answer(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith("{}")) {
      int next = socket.getInputStream().read();
      assertTrue(next >= 0, "closed after: " + answer);
      answer.append((char) next);
    }
    return answer.toString();
  }

  private void awaitClosed(String why, int howMany) {
    String line = "zhiyin_connections_closed_total{why=\"%s\"} %d.0".formatted(why, howMany);
    while (!meters.scrape(ShopId.DEFAULT).contains(line)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whoWantsTheConnectionClosedAfterTheAnswerNeedNotCloseIt() throws IOException {
    try (ApiServer server = server(Limits.DEFAULT);
        Socket socket = connect(server)) {
      RawSocket.write(socket, ASK + "\r\n" + ASK + "Connection: close\r\n\r\n" + ASK + "\r\n");
      String answers = rest(socket);
      assertEquals(2, answers.split("HTTP/1.1 200", -1).length - 1, answers);
      assertTrue(answers.endsWith("{}"), answers);
    }
  }

  @Test
  void aHeadThatStopsIs408AndTheConnectionEnds() throws IOException {
    try (ApiServer server = server(Patience.DEFAULT.withHeadAndPause(SHORT));
        Socket within = connect(server);
        Socket before = connect(server)) {
      RawSocket.write(within, ASK + "X-A: b");
      RawSocket.write(before, "GET /hea");
      for (Socket socket : List.of(within, before)) {
        String answer = rest(socket);
        assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        assertTrue(answer.contains("urn:zhiyin:problem:timed-out"), answer);
      }
      awaitClosed("slow-head", 2);
    }
  }

  @Test
  void aHeadThatTricklesIs408AsAWhole() throws IOException {
    try (ApiServer server = server(Patience.DEFAULT.withHeadAndPause(SHORT));
        Socket socket = connect(server)) {
      socket.setSoTimeout(20);
      RawSocket.write(socket, ASK + "X-A: ");
      String answer = "";
      while (answer.isEmpty()) {
        RawSocket.write(socket, "b");
        answer = RawSocket.within(socket);
      }
      assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
      awaitClosed("slow-head", 1);
    }
  }

  @Test
  void aConnectionWithoutARequestIsClosed() throws IOException {
    try (ApiServer server = server(Patience.DEFAULT.withIdle(SHORT));
        Socket unused = connect(server);
        Socket used = connect(server)) {
      RawSocket.write(used, ASK + "\r\n");
      assertTrue(rest(used).endsWith("{}"));
      assertEquals("", rest(unused));
      awaitClosed("idle", 2);
    }
  }

  @Test
  void anAnswerThatNobodyReadsEnds() throws IOException {
    try (ApiServer server = server(Patience.DEFAULT.withUnread(SHORT));
        Socket socket = connect(server)) {
      RawSocket.write(socket, ASK.replace("health", "large") + "\r\n");
      awaitClosed("unread", 1);
      try {
        assertTrue(rest(socket).length() < 32 << 20);
      } catch (SocketException reset) {
        // as good a way to say so
      }
    }
  }

  @Test
  void aRequestThatTakesTheServerLongIsWaitedFor() throws IOException {
    Patience little = new Patience(SHORT, SHORT, SHORT, SHORT, SHORT);
    try (ApiServer server = server(little);
        Socket slow = connect(server)) {
      RawSocket.write(slow, ASK.replace("health", "slow") + "\r\n");
      try (Socket idle = connect(server)) {
        rest(idle); // closed: so would the other have been
      }
      done.countDown();
      assertTrue(answer(slow).startsWith("HTTP/1.1 200 "));
    }
  }

  @Test
  void oneConnectionTooManyIsAnsweredAndOneThatWaitsIsClosedForIt()
      throws IOException, InterruptedException {
    List<Socket> others = new ArrayList<>();
    try (ApiServer server = server(Limits.DEFAULT.withConnections(3));
        Socket busy = connect(server)) {
      RawSocket.write(busy, ASK.replace("health", "slow") + "\r\n");
      begun.await();
      // more than once: one that was just answered may not be known to wait yet
      while (!meters.scrape(ShopId.DEFAULT).contains("why=\"crowded\"")) {
        Socket other = connect(server);
        others.add(other);
        RawSocket.write(other, ASK + "\r\n");
        assertTrue(answer(other).startsWith("HTTP/1.1 200 "));
      }
      assertTrue(others.size() >= 3, "nobody is closed while there is room: " + others.size());
      done.countDown();
      assertTrue(answer(busy).startsWith("HTTP/1.1 200 "), "what is being answered goes on");
    } finally {
      for (Socket socket : others) {
        socket.close();
      }
    }
  }
}
