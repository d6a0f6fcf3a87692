package io.zhiyin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.server.audit.AuditEntry;
import io.zhiyin.server.audit.AuditLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningCommandsTest {
  @TempDir Path folder;

  private Path data() {
    return folder.resolve("data");
  }

  @BeforeEach
  void importAFewShoppers() throws IOException {
    StringBuilder csv = new StringBuilder("userId,itemId,eventType,eventTime,title\n");
    for (int user = 0; user < 12; user++) {
      for (int i = 0; i < 6; i++) {
        int item = (user + i) % 8;
        csv.append("u%d,i%d,view,2026-01-01T00:0%d:00Z,word%d%n".formatted(user, item, i, item));
      }
    }
    Path file = Files.writeString(folder.resolve("events.csv"), csv);
    CommandRun run = CommandRun.of("import", "--data", data(), "--format", "csv", file);
    assertEquals(0, run.status(), run.err());
  }

  @Test
  void trainingPutsAModelOfTheChosenArchitectureToUse() throws IOException {
    CommandRun run =
        CommandRun.of("train", "--data", data(), "--epochs", 1, "--architecture", "gru4rec");
    assertEquals(0, run.status(), run.err());
    String id = run.out().replaceAll("(?s).*(seq-[0-9]+-[0-9]+-[0-9a-f]+).*", "$1");
    try (var files = Files.walk(data())) {
      Path card =
          files.filter(path -> path.endsWith(Path.of(id, "model.json"))).findFirst().orElseThrow();
      assertTrue(Files.readString(card).contains("\"kind\" : \"sequence-gru4rec\""));
    }
  }

  @Test
  void whatCommandsChangeIsInTheShopsAuditLog() throws IOException {
    CommandRun trained = CommandRun.of("train", "--data", data(), "--epochs", 1);
    assertEquals(0, trained.status(), trained.err());
    assertEquals(0, CommandRun.of("erase", "--data", data(), "--user", "u3").status());
    assertEquals(0, CommandRun.of("keys", "create", "--data", data(), "--role", "admin").status());
    Path log = data().resolve("shops/default/audit");
    List<AuditEntry> entries = new AuditLog(log, Clock.systemUTC()).newest(10).entries();
    assertEquals(
        List.of("key-created", "user-erased", "model-trained", "import-ended"),
        entries.stream().map(AuditEntry::what).toList());
    for (AuditEntry entry : entries) {
      assertEquals("command", entry.who());
      assertEquals(System.getProperty("user.name"), entry.details().get("account"));
    }
    assertEquals(Set.of("account"), entries.get(1).details().keySet(), "not whom");
    String model = entries.get(2).details().getOrDefault("model", "");
    assertTrue(model.startsWith("seq-"), model);
    assertEquals("72", entries.get(3).details().get("events"));
    assertEquals(0, CommandRun.of("models", "activate", "--data", data(), model).status());
    AuditEntry last = new AuditLog(log, Clock.systemUTC()).newest(1).entries().getFirst();
    assertEquals("model-activated", last.what());
  }

  @Test
  void anArchitectureThatNobodyKnowsIsRefusedInBothLanguages() {
    for (String command : new String[] {"train", "evaluate"}) {
      CommandRun run = CommandRun.of(command, "--data", data(), "--architecture", "lstm");
      assertEquals(2, run.status(), run.err());
      assertTrue(
          run.err()
              .contains(
                  "no architecture is named 'lstm'; known are gru4rec, sasrec, hstu. Give one of them to --architecture."),
          run.err());
      assertTrue(run.err().contains("没有名为 'lstm' 的架构"), run.err());
    }
  }

  @Test
  void twoProcessesTrainTheSameModelAsTwoThreads() throws IOException {
    CommandRun two =
        CommandRun.of("train", "--data", data(), "--epochs", 2, "--workers", 2, "--threads", 1);
    assertEquals(0, two.status(), two.err());
    assertTrue(
        two.err().contains("Training with 2 processes on this machine. / 在本机用 2 个进程训练。"),
        two.err());
    CommandRun one =
        CommandRun.of(
            "train", "--data", data(), "--epochs", 2, "--threads", 2, "--activate", "never");
    assertEquals(0, one.status(), one.err());
    // a model's name ends with the checksum of its weights
    assertEquals(fingerprint(one), fingerprint(two));
  }

  private static String fingerprint(CommandRun run) {
    return run.out().replaceAll("(?s).*seq-[0-9]+-[0-9]+-([0-9a-f]+).*", "$1");
  }

  @Test
  void whatCannotBeOfSeveralProcessesIsRefusedWithASentence() {
    CommandRun none = CommandRun.of("train", "--data", data(), "--workers", 0);
    assertEquals(2, none.status(), none.err());
    assertTrue(none.err().contains("--workers must be at least 1 (0)."), none.err());
    CommandRun lonely = CommandRun.of("train", "--data", data(), "--listen", "localhost:1");
    assertEquals(2, lonely.status(), lonely.err());
    assertTrue(lonely.err().contains("--listen needs --workers N"), lonely.err());
    CommandRun nowhere = CommandRun.of("train", "--join", "localhost");
    assertEquals(2, nowhere.status(), nowhere.err());
    assertTrue(nowhere.err().contains("--join must be HOST:PORT"), nowhere.err());
    CommandRun nothing = CommandRun.of("train");
    assertEquals(2, nothing.status(), nothing.err());
    assertTrue(nothing.err().contains("--join"), nothing.err());
  }
}
