package io.zhiyin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Shoppers who view ten neighbouring items each, a day apart, imported by the command.
final class ToyShop {
  private ToyShop() {}

  /// @return the data directory, below the given one
  static Path imported(Path directory, int users, int items) throws IOException {
    StringBuilder csv = new StringBuilder("userId,itemId,eventType,eventTime\n");
    for (int user = 0; user < users; user++) {
      for (int k = 0; k < 10; k++) {
        csv.append(
            String.format(
                Locale.ROOT,
                "u%d,i%d,detail-page-view,2026-01-%02dT%02d:00:00Z%n",
                user,
                (user + k) % items,
                k + 1,
                user % 24));
      }
    }
    Path file = directory.resolve("events.csv");
    Files.writeString(file, csv);
    Path data = directory.resolve("data");
    CommandRun run = CommandRun.of("import", "--data", data, "--format", "csv", file);
    assertEquals(0, run.status(), run.err());
    return data;
  }
}
