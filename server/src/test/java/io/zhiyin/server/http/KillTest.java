package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server in a process of its own is killed again and again while clients write; what it had
/// acknowledged is there afterwards, once.
class KillTest {
  private static final int KILLS = 20;
  private static final int CLIENTS = 4;
  private static final int USERS = 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path data;
  @TempDir Path classes;

  private final Set<String> sent = ConcurrentHashMap.newKeySet();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger duplicates = new AtomicInteger();

  @Test
  void acknowledgedEventsSurviveTwentyKillsAndCountOnce() throws IOException, InterruptedException {
    RehearsedClasses rehearsed = RehearsedClasses.in(classes);
    Random random = new Random(20261124);
    for (int round = 0; round < KILLS; round++) {
      try (Server server = Server.start(rehearsed, data)) {
        writeUntilKilled(server, round, 20 + random.nextInt(120), random.nextLong());
      }
    }
    try (Server server = Server.start(rehearsed, data)) {
      Map<String, Integer> stored = stored(server);
      int lost = 0;
      for (String id : acknowledged) {
        lost += stored.containsKey(id) ? 0 : 1;
      }
      int doubled = stored.values().stream().mapToInt(count -> count - 1).sum();
      int unasked = (int) stored.keySet().stream().filter(id -> !sent.contains(id)).count();
      long counted = countedInProfiles(server);
      System.getLogger(KillTest.class.getName())
          .log(
              System.Logger.Level.INFO,
              "kills {0}, sent {1}, acknowledged {2}, duplicates answered {3}, stored {4},"
                  + " lost {5}, doubled {6}",
              KILLS,
              sent.size(),
              acknowledged.size(),
              duplicates.get(),
              stored.size(),
              lost,
              doubled);
      assertEquals(0, lost, "acknowledged but not there");
      assertEquals(0, doubled, "there more than once");
      assertEquals(0, unasked, "there but never sent");
      assertEquals(stored.size(), counted, "profiles count each stored event once");
      assertTrue(acknowledged.size() > KILLS * 20, "enough was written to mean something");
    }
  }

  /// Several clients write, some events twice and some from two clients; after so many
  /// acknowledgements the process is killed in the middle of it.
  private void writeUntilKilled(Server server, int round, int killAfter, long seed)
      throws InterruptedException {
    AtomicInteger acks = new AtomicInteger();
    List<Thread> clients = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      int number = client;
      clients.add(
          Thread.ofPlatform()
              .start(
                  () -> write(server, round, number, new Random(seed + number), acks, killAfter)));
    }
    for (Thread client : clients) {
      client.join();
    }
  }

  private void write(
      Server server, int round, int client, Random random, AtomicInteger acks, int killAfter) {
    for (int i = 0; server.isAlive(); i++) {
      // clients 0 and 1 share their names, so each such event comes from both
      String name = round + "-" + (client < 2 ? "shared" : "c" + client) + "-" + i;
      List<String> ids = new ArrayList<>();
      for (int k = 0; k < 1 + random.nextInt(4); k++) {
        ids.add(name + "-" + k);
      }
      int times = random.nextInt(5) == 0 ? 2 : 1;
      for (int t = 0; t < times; t++) {
        sent.addAll(ids);
        if (!server.post(ids, duplicates)) {
          return;
        }
        acknowledged.addAll(ids);
        if (acks.incrementAndGet() == killAfter) {
          server.kill();
        }
      }
    }
  }

  private static Map<String, Integer> stored(Server server)
      throws IOException, InterruptedException {
    Map<String, Integer> result = new HashMap<>();
    for (int user = 0; user < USERS; user++) {
      for (JsonNode event : server.get("/v1/users/k" + user + "/export").path("events")) {
        result.merge(event.path("eventId").asText(), 1, Integer::sum);
      }
    }
    return result;
  }

  private static long countedInProfiles(Server server) throws IOException, InterruptedException {
    long total = 0;
    for (int user = 0; user < USERS; user++) {
      total += server.get("/v1/users/k" + user + "/profile").path("eventCount").asLong();
    }
    return total;
  }

  private static String user(String id) {
    return "k" + Math.floorMod(id.hashCode(), USERS);
  }

  /// The real server, as `java … serve`.
  private static final class Server implements AutoCloseable {
    private final Process process;
    private final URI address;
    private final HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Server(Process process, URI address) {
      this.process = process;
      this.address = address;
    }

    static Server start(RehearsedClasses classes, Path data) throws IOException {
      Path errors = Files.createTempFile(data, "server", ".log");
      Process process =
          classes
              .java("io.zhiyin.server.Main", "serve", "--data", data.toString(), "--port", "0")
              .redirectError(errors.toFile())
              .start();
      BufferedReader out = process.inputReader();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        int at = line.indexOf("http://127.0.0.1");
        if (at >= 0 && line.contains("serves on")) {
          return new Server(process, URI.create(line.substring(at, line.indexOf("/ ", at))));
        }
      }
      throw new IOException("the server did not start: " + Files.readString(errors));
    }

    boolean isAlive() {
      return process.isAlive();
    }

    void kill() {
      process.destroyForcibly();
    }

    /// Whether the events were acknowledged; false once the server is gone.
    boolean post(List<String> ids, AtomicInteger duplicates) {
      StringBuilder body = new StringBuilder();
      for (String id : ids) {
        body.append(
            "{\"eventId\":\"%s\",\"eventType\":\"detail-page-view\",\"userId\":\"%s\",\"items\":[{\"itemId\":\"i%d\"}]}\n"
                .formatted(id, user(id), Math.floorMod(id.hashCode(), 50)));
      }
      try {
        var response =
            client.send(
                HttpRequest.newBuilder(address.resolve("/v1/events"))
                    .header("Content-Type", "application/x-ndjson")
                    .timeout(Duration.ofSeconds(20))
                    .POST(BodyPublishers.ofString(body.toString()))
                    .build(),
                BodyHandlers.ofString());
        JsonNode answer = JSON.readTree(response.body());
        int accepted = answer.path("accepted").asInt();
        int known = answer.path("duplicates").asInt();
        duplicates.addAndGet(known);
        return response.statusCode() == 200 && accepted + known == ids.size();
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    JsonNode get(String path) throws IOException, InterruptedException {
      HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).build();
      return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {
      process.destroyForcibly();
      client.shutdownNow();
      try {
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "a killed process is gone");
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
