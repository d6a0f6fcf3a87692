package io.zhiyin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that learn, on a toy shop.
class TuneCommandTest {
  @TempDir Path directory;

  @Test
  void aTuneThatIsKilledGoesOnAndItsRecipeIsRead() throws Exception {
    Path data = ToyShop.imported(directory, 30, 12);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.zhiyin.server.Main",
                "tune",
                "--data",
                data.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = process.inputReader()) {
      String line = out.readLine();
      while (line != null && !line.contains("ndcg@10")) {
        line = out.readLine();
      }
      assertTrue(line != null && line.startsWith("trial / 试验 1, 4 passes"), line);
      process.destroyForcibly().waitFor();
    }
    Path page = directory.resolve("report.html");
    CommandRun run = CommandRun.of("tune", "--data", data, "--measurements", "2", "--report", page);
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("trial / 试验 2"), run.err());
    long begun = run.err().lines().filter(line -> line.contains("passes / 轮: defaults")).count();
    assertEquals(0, begun, "the defaults were measured before the kill: " + run.err());
    assertTrue(Files.readString(page).contains("<svg"));
    Path recipe = data.resolve("shops").resolve("default").resolve("recipe.json");
    Files.writeString(recipe, Files.readString(recipe).replace(" : 1,", " : 2,"));
    CommandRun train = CommandRun.of("train", "--data", data, "--epochs", "1");
    assertEquals(1, train.status());
    assertTrue(train.err().contains("Update Zhiyin"), train.err());
    Files.delete(recipe);
    CommandRun first = CommandRun.of("train", "--data", data, "--epochs", "1");
    assertEquals(0, first.status(), first.err());
    assertTrue(first.out().contains("In use: it is the first model."), first.out());
    CommandRun again = CommandRun.of("train", "--data", data, "--epochs", "1", "--seed", "2");
    assertTrue(again.out().contains("Kept, not in use"), again.out());
    CommandRun nothing = CommandRun.of("train", "--data", data, "--continue");
    assertTrue(nothing.err().contains("nothing new"), nothing.err());
    CommandRun list = CommandRun.of("models", "--data", data);
    assertTrue(list.out().contains("已启用：这是第一个模型。"), list.out());
    CommandRun back = CommandRun.of("models", "--data", data, "--rollback");
    assertEquals(1, back.status());
    assertTrue(back.err().contains("none was in use before"), back.err());
  }

  @Test
  void wrongOptionsAreRefused() {
    assertEquals(2, CommandRun.of("tune", "--data", directory, "--minutes", "0").status());
    assertEquals(2, CommandRun.of("train", "--data", directory, "--activate", "perhaps").status());
    assertEquals(2, CommandRun.of("models", "--rollback").status());
  }
}
