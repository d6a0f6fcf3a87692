package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.ShopId;
import io.zhiyin.server.config.Capacity;
import io.zhiyin.server.config.KeyFile;
import io.zhiyin.server.config.LiveKeys;
import io.zhiyin.server.config.ServerSettings;
import io.zhiyin.server.telemetry.AccessLog;
import io.zhiyin.server.telemetry.Meters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real server whose lists take until they are told to be done.
class OverloadTest {
  private static final int MOST_WAITING = Admission.MANY;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Meters meters = new Meters();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Answer slowly(Call call) {
    try {
      done.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return Answer.ok(Json.object().put("call", call.contentType()));
  }

  private boolean says(String line) {
    return meters.scrape(ShopId.DEFAULT).contains(line);
  }

  @Test
  void whatIsTooMuchIsRefusedAtOnceWithTheLastThatWaitsAndTheRestIsAnswered(@TempDir Path data)
      throws IOException, InterruptedException {
    RouteTable table =
        new RouteTable(
            List.of(
                Route.get("/lists", Access.BROWSER, Set.of(), this::slowly).as(Load.LISTS),
                Route.get("/health", Access.PUBLIC, Set.of(), _ -> Answer.ok(Json.object()))));
    ServerSettings settings =
        ServerSettings.of(data, 0).withCapacity(Capacity.DEFAULT.withLists(1));
    LiveKeys keys = new LiveKeys(new KeyFile(data), Clock.systemUTC());
    try (ApiServer server = ApiServer.start(settings, table, keys, AccessLog.OFF, meters)) {
      HttpRequest list = HttpRequest.newBuilder(URI.create(server.url() + "/lists")).build();
      HttpRequest health = HttpRequest.newBuilder(URI.create(server.url() + "/health")).build();
      List<CompletableFuture<HttpResponse<String>>> early = new ArrayList<>();
      for (int i = 0; i < 1 + MOST_WAITING; i++) {
        early.add(client.sendAsync(list, BodyHandlers.ofString()));
      }
      while (!says("zhiyin_admission_waiting{load=\"lists\"} " + MOST_WAITING + ".0")) {
        early.forEach(call -> assertFalse(call.isDone(), "refused though there was room"));
        Thread.onSpinWait();
      }
      HttpResponse<String> refused = client.send(list, BodyHandlers.ofString());
      assertEquals(503, refused.statusCode());
      assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
      assertTrue(refused.body().contains("urn:zhiyin:problem:overloaded"), refused.body());
      assertEquals(200, client.send(health, BodyHandlers.ofString()).statusCode());
      CompletableFuture.anyOf(early.toArray(CompletableFuture[]::new)).join();
      done.countDown();
      List<Integer> statuses = early.stream().map(call -> call.join().statusCode()).toList();
      assertEquals(MOST_WAITING, Collections.frequency(statuses, 200), statuses.toString());
      assertEquals(1, Collections.frequency(statuses, 503), statuses.toString());
      assertEquals(200, client.send(list, BodyHandlers.ofString()).statusCode());
      assertTrue(says("zhiyin_admission_total{load=\"lists\",outcome=\"rejected\"} 2.0"));
      int answered = MOST_WAITING + 1;
      assertTrue(
          says("zhiyin_admission_total{load=\"lists\",outcome=\"admitted\"} " + answered + ".0"));
      assertTrue(says("zhiyin_admission_working{load=\"lists\"} 0.0"));
    }
  }
}
