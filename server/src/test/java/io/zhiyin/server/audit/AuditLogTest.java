package io.zhiyin.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.server.audit.AuditLog.Bounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  @TempDir Path directory;

  private AuditLog open(long bytes, int files) {
    return new AuditLog(directory, CLOCK, new Bounds(bytes, files));
  }

  private static List<String> whats(AuditLog log) throws IOException {
    return log.newest(1_000).entries().stream().map(AuditEntry::what).toList();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.sorted().toList();
    }
  }

  @Test
  void whatIsWrittenIsReadNewestFirstAndAfterARestart() throws IOException {
    open(10_000, 4).write("zy_1", "rules-saved", Map.of("note", "a \"sale\"\n双十一"));
    open(10_000, 4).write("local", "model-activated", Map.of());
    AuditLog.Page page = open(10_000, 4).newest(10);
    assertEquals(0, page.damaged());
    assertEquals("model-activated", page.entries().getFirst().what());
    AuditEntry saved = page.entries().getLast();
    assertEquals("zy_1", saved.who());
    assertEquals(NOON, saved.time());
    assertEquals("a \"sale\"\n双十一", saved.details().get("note"));
    assertEquals(1, open(10_000, 4).newest(1).entries().size());
  }

  @Test
  void itHasABoundAndTheOldestGoes() throws IOException {
    AuditLog log = open(300, 3);
    for (int i = 0; i < 40; i++) {
      log.write("zy_1", "change-" + i, Map.of());
    }
    assertEquals(3, files().size());
    List<String> whats = whats(log);
    assertEquals("change-39", whats.getFirst());
    assertTrue(whats.size() >= 6 && whats.size() < 12, "two files and a part: " + whats.size());
  }

  @Test
  void aDamagedLineIsCountedAndTheOthersAreRead() throws IOException {
    AuditLog log = open(10_000, 3);
    log.write("zy_1", "one", Map.of());
    log.write("zy_1", "two", Map.of());
    log.write("zy_1", "three", Map.of());
    byte[] bytes = Files.readAllBytes(files().getFirst());
    String text = new String(bytes, StandardCharsets.UTF_8);
    bytes[text.indexOf("two")] = 'T';
    Files.write(files().getFirst(), bytes);
    assertEquals(List.of("three", "one"), whats(log));
    assertEquals(1, log.newest(10).damaged());
  }

  @Test
  void aLineThatWasCutOffIsNotContinued() throws IOException {
    AuditLog log = open(10_000, 3);
    log.write("zy_1", "one", Map.of());
    Files.writeString(files().getFirst(), "1 0000", StandardOpenOption.APPEND);
    log.write("zy_1", "two", Map.of());
    assertEquals(List.of("two", "one"), whats(log));
    assertEquals(1, log.newest(10).damaged());
  }
}
