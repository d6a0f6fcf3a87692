package io.zhiyin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
