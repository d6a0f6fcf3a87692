package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.zhiyin.server.http.LiveServer.Reply;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Training and switching models over HTTP.
class ModelCallsTest {
  @TempDir Path data;

  private static JsonNode awaitTraining(LiveServer server) {
    long end = System.nanoTime() + 120_000_000_000L;
    JsonNode models = server.get("/v1/models").json();
    while (models.at("/training/state").asText().equals("running") && System.nanoTime() < end) {
      LockSupport.parkNanos(50_000_000);
      models = server.get("/v1/models").json();
    }
    return models;
  }

  private static List<Integer> niceOfThreads(String name) throws IOException {
    List<Integer> nice = new ArrayList<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path thread : threads) {
        try {
          if (Files.readString(thread.resolve("comm")).strip().equals(name)) {
            nice.add(nice(thread));
          }
        } catch (IOException e) {
          // it has ended meanwhile: before its file was opened, or before it was read
        }
      }
    }
    return nice;
  }

  /// The 19th field of a thread's
  /// [stat](https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html).
  private static int nice(Path thread) throws IOException {
    String stat = Files.readString(thread.resolve("stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
  }

  @Nested
  class ATraining {
    @Test
    void runsBehindServesItsModelAndIsThereAfterARestart() {
      String id;
      try (LiveServer server = LiveServer.start(data)) {
        fill(server);
        assertEquals("none", server.get("/v1/models").json().path("active").asText());
        assertEquals(202, server.post("/v1/models:train", "{\"epochs\":1,\"seed\":3}").status());
        assertEquals(409, server.post("/v1/models:train", "{\"epochs\":1}").status());
        JsonNode models = awaitTraining(server);
        assertEquals("done", models.at("/training/state").asText(), models.toString());
        id = models.at("/training/modelId").asText();
        assertEquals(id, models.path("active").asText());
        Reply list = server.get("/v1/recommendations/home-feed?userId=u1");
        assertEquals(id, list.json().path("model").asText());
        assertEquals(200, server.method("POST", "/v1/models/" + id + ":activate", "").status());
        assertEquals(404, server.method("POST", "/v1/models/nothing:activate", "").status());
      }
      try (LiveServer again = LiveServer.start(data)) {
        assertEquals(id, again.get("/v1/models").json().path("active").asText());
      }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void givesWayToRequests() throws IOException {
      try (LiveServer server = LiveServer.start(data)) {
        fill(server);
        List<Integer> nice = List.of();
        while (nice.isEmpty()) {
          // one that ended before anybody looked is begun anew; while one runs this is refused
          server.post("/v1/models:train", "{\"epochs\":1000}");
          JsonNode training = server.get("/v1/models").json().path("training");
          assertNotEquals("failed", training.path("state").asText(), training.toString());
          if (training.has("stage")) {
            nice = niceOfThreads("zhiyin-training");
          }
        }
        server.method("POST", "/v1/models:cancel", "");
        awaitTraining(server);
        assertEquals(List.of(Math.max(10, nice(Path.of("/proc/thread-self")))), nice);
      }
    }

    @Test
    void thatIsCancelledLeavesNoModelAndAnotherCanBegin() {
      try (LiveServer server = LiveServer.start(data)) {
        fill(server);
        assertEquals(409, server.method("POST", "/v1/models:cancel", "").status());
        server.post("/v1/models:train", "{\"epochs\":1000}");
        JsonNode asked = server.method("POST", "/v1/models:cancel", "").json();
        // it may have ended already by the time that the answer is written
        assertTrue(
            asked.at("/training/cancelling").asBoolean()
                || asked.at("/training/state").asText().equals("cancelled"),
            asked.toString());
        JsonNode models = awaitTraining(server);
        assertEquals("cancelled", models.at("/training/state").asText(), models.toString());
        assertEquals(0, models.path("models").size());
        assertEquals(202, server.post("/v1/models:train", "{\"epochs\":1}").status());
        assertEquals("done", awaitTraining(server).at("/training/state").asText());
      }
    }

    @Test
    void ofNothingFailsWithASentence() {
      try (LiveServer server = LiveServer.start(data)) {
        server.post("/v1/models:train", "{}");
        JsonNode models = awaitTraining(server);
        assertEquals("failed", models.at("/training/state").asText());
        assertTrue(models.at("/training/failure").asText().endsWith("."), models.toString());
      }
    }

    @Test
    void refusesOptionsThatItDoesNotKnow() {
      try (LiveServer server = LiveServer.start(data)) {
        Reply reply = server.post("/v1/models:train", "{\"epoch\":1}");
        assertEquals(400, reply.status());
        assertEquals("epoch", reply.json().at("/errors/0/field").asText());
        assertEquals(400, server.post("/v1/models:train", "{\"epochs\":0}").status());
      }
    }
  }

  @Nested
  class ASecondTraining {
    @Test
    void goesOnFromTheModelInUseAndSaysWhatBecameOfIt() {
      try (LiveServer server = LiveServer.start(data)) {
        fill(server);
        server.post("/v1/models:train", "{\"epochs\":1}");
        String first = awaitTraining(server).path("active").asText();
        server.post("/v1/models:train", "{\"mode\":\"continue\"}");
        JsonNode nothing = awaitTraining(server);
        assertEquals("failed", nothing.at("/training/state").asText());
        assertTrue(nothing.at("/training/failure").asText().contains("nothing new"));
        fresh(server);
        server.post("/v1/models:train", "{\"mode\":\"continue\",\"activate\":\"always\"}");
        JsonNode models = awaitTraining(server);
        assertEquals("done", models.at("/training/state").asText(), models.toString());
        assertEquals(first, models.at("/models/1/parent").asText(), models.toString());
        assertEquals("first", models.at("/models/0/promotion/verdict").asText());
        assertEquals("asked-for", models.at("/models/1/promotion/verdict").asText());
        assertEquals(models.at("/models/1/modelId"), models.path("active"));
        String meters = server.get("/metrics").response().body();
        assertTrue(meters.contains("outcome=\"activated\""), meters);
        JsonNode back = server.method("POST", "/v1/models:rollback", "").json();
        assertEquals(first, back.path("active").asText(), back.toString());
        assertEquals(409, server.method("POST", "/v1/models:rollback", "").status());
      }
    }

    @Test
    void refusesAModeThatItDoesNotKnow() {
      try (LiveServer server = LiveServer.start(data)) {
        Reply reply = server.post("/v1/models:train", "{\"mode\":\"half\"}");
        assertEquals(400, reply.status());
        assertEquals("mode", reply.json().at("/errors/0/field").asText());
        assertEquals(400, server.post("/v1/models:train", "{\"activate\":true}").status());
      }
    }
  }

  @Nested
  class Switching {
    @Test
    void fiftyTimesDropsNoRequestAndEachAnswerNamesOneOfTheTwo() throws Exception {
      try (LiveServer server = LiveServer.start(data)) {
        fill(server);
        server.post("/v1/models:train", "{\"epochs\":1}");
        String one = awaitTraining(server).path("active").asText();
        server.post("/v1/models:train", "{\"epochs\":1,\"seed\":2,\"activate\":\"always\"}");
        String other = awaitTraining(server).path("active").asText();
        assertNotEquals(one, other);
        AtomicBoolean over = new AtomicBoolean();
        Map<String, Integer> answers = new ConcurrentHashMap<>();
        List<Thread> askers = new ArrayList<>();
        for (int asker = 0; asker < 2; asker++) {
          String path = "/v1/recommendations/home-feed?userId=u" + asker;
          askers.add(
              Thread.ofVirtual()
                  .start(
                      () -> {
                        while (!over.get()) {
                          answers.merge(answer(server, path), 1, Integer::sum);
                        }
                      }));
        }
        for (int i = 0; i < 50; i++) {
          String path = "/v1/models/" + (i % 2 == 0 ? one : other) + ":activate";
          assertEquals(200, server.method("POST", path, "").status());
        }
        over.set(true);
        for (Thread asker : askers) {
          asker.join();
        }
        assertEquals(Set.of(one, other), answers.keySet(), answers::toString);
      }
    }

    private static String answer(LiveServer server, String path) {
      Reply reply = server.get(path);
      return reply.status() == 200
          ? reply.json().path("model").asText()
          : reply.status() + " " + reply.response().body();
    }
  }

  private static void fresh(LiveServer server) {
    StringBuilder events = new StringBuilder();
    for (int user = 0; user < 40; user++) {
      events.append(
          "%s{\"eventId\":\"fresh-%d\",\"eventType\":\"detail-page-view\",\"userId\":\"u%d\",\"eventTime\":\"2026-02-01T00:00:00Z\",\"items\":[{\"itemId\":\"new%d\"}]}"
              .formatted(events.isEmpty() ? "[" : ",", user, user, user % 3));
    }
    assertEquals(40, server.post("/v1/events", events + "]").json().path("accepted").asInt());
  }

  private static void fill(LiveServer server) {
    StringBuilder events = new StringBuilder();
    for (int user = 0; user < 40; user++) {
      for (int k = 0; k < 8; k++) {
        events.append(
            "%s{\"eventId\":\"%d-%d\",\"eventType\":\"detail-page-view\",\"userId\":\"u%d\",\"eventTime\":\"2026-01-0%dT00:00:00Z\",\"items\":[{\"itemId\":\"i%d\"}]}"
                .formatted(events.isEmpty() ? "[" : ",", user, k, user, k + 1, (user + k) % 20));
      }
    }
    assertEquals(320, server.post("/v1/events", events + "]").json().path("accepted").asInt());
  }
}
