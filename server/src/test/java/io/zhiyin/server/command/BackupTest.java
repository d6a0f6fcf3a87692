package io.zhiyin.server.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.zhiyin.server.http.LiveServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups of a running shop, and their way back.
class BackupTest {
  private static final int EVENTS = 40;

  @TempDir Path data;
  private LiveServer server;

  @BeforeEach
  void start() {
    server = LiveServer.start(data);
    server.method("PUT", "/v1/items/i", "{\"title\":\"Tea 茶\",\"price\":3}");
    for (int i = 0; i < EVENTS; i++) {
      server.post(
          "/v1/events",
          "{\"eventType\":\"pv\",\"eventId\":\"e%d\",\"userId\":\"u%d\",\"items\":[{\"itemId\":\"i\"}]}"
              .formatted(i, i % 3));
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /// What the listing says once the run is over.
  private JsonNode over() {
    JsonNode now = server.get("/v1/backups").json();
    while (now.at("/run/state").asText().equals("running")) {
      LockSupport.parkNanos(5_000_000);
      now = server.get("/v1/backups").json();
    }
    return now;
  }

  private JsonNode backup() {
    assertEquals(202, server.method("POST", "/v1/backups", "").status());
    JsonNode now = over();
    assertEquals("done", now.at("/run/state").asText(), now.toString());
    return now.at("/backups/0");
  }

  @Test
  void restoreReadsItBackToTheVeryEvents(@TempDir Path other) throws IOException {
    JsonNode made = backup();
    assertEquals(EVENTS + 1, made.path("events").asInt());
    CommandRun restored =
        CommandRun.of("restore", "--data", other.resolve("new"), made.path("file").asText());
    assertEquals(0, restored.status(), restored.err());
    assertTrue(restored.out().contains("same as was exported"), restored.out());
    assertTrue(restored.out().contains("sha256 " + made.path("sha256").asText()));
    Path again = other.resolve("again.jsonl");
    assertEquals(
        0, CommandRun.of("export", "--data", other.resolve("new"), "--to", again).status());
    assertEquals(
        lines(Files.readAllBytes(Path.of(made.path("file").asText()))), Files.readAllLines(again));
  }

  private static List<String> lines(byte[] packed) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void comesOverTheWireByteForByte() throws IOException {
    JsonNode made = backup();
    byte[] file = Files.readAllBytes(Path.of(made.path("file").asText()));
    String path = "/v1/backups/" + made.path("backupId").asText() + "/content?from=";
    assertArrayEquals(file, bytes(path + 0));
    assertEquals(file.length - 10, bytes(path + 10).length);
    assertEquals(0, bytes(path + file.length).length);
    assertEquals(400, server.get(path + (file.length + 1)).status());
  }

  private byte[] bytes(String path) throws IOException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer =
          client.send(server.request(path).GET().build(), BodyHandlers.ofByteArray());
      assertEquals(200, answer.statusCode());
      return answer.body();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void isVerifiedAndADamagedOneIsSaidToBe() throws IOException {
    JsonNode made = backup();
    String verify = "/v1/backups/" + made.path("backupId").asText() + ":verify";
    assertEquals(202, server.method("POST", verify, "").status());
    assertEquals("done", over().at("/run/state").asText());
    Path file = Path.of(made.path("file").asText());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    server.method("POST", verify, "");
    JsonNode now = over();
    assertEquals("failed", now.at("/run/state").asText(), now.toString());
    assertFalse(now.at("/run/failure").asText().isEmpty());
  }

  @Test
  void fromBeforeAnErasureIsMarkedAndCanBeDeleted() {
    JsonNode made = backup();
    assertFalse(made.path("holdsErased").asBoolean());
    assertEquals(204, server.method("DELETE", "/v1/users/u1", "").status());
    assertTrue(server.get("/v1/backups").json().at("/backups/0/holdsErased").asBoolean());
    JsonNode newer = backup();
    assertFalse(newer.path("holdsErased").asBoolean());
    String old = "/v1/backups/" + made.path("backupId").asText();
    assertEquals(204, server.method("DELETE", old, "").status());
    assertEquals(404, server.method("DELETE", old, "").status());
    assertFalse(Files.exists(Path.of(made.path("file").asText())));
    assertEquals(1, server.get("/v1/backups").json().path("backups").size());
  }

  @Test
  void ofAnotherPathThanItsOwnIsNone() {
    backup();
    assertEquals(404, server.get("/v1/backups/..%2F..%2FFORMAT/content").status());
  }

  @Test
  void standsInTheAuditLog() {
    backup();
    String log = server.get("/v1/audit").response().body();
    assertTrue(log.contains("backup-begun"), log);
  }
}
