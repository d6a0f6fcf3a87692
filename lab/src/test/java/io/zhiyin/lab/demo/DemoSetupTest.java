package io.zhiyin.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.lab.simulate.ShopLanguage;
import io.zhiyin.lab.simulate.SimulatedShop;
import io.zhiyin.lab.simulate.SimulatedShop.ShopSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSetupTest {
  private static final ShopSettings TINY =
      new ShopSettings(3, Instant.parse("2026-11-24T04:00:00Z"), 20, 3, 30, ShopLanguage.CHINESE);

  @TempDir Path folder;

  private final StringWriter console = new StringWriter();

  private SimulatedShop prepare(Doors doors) throws IOException, InterruptedException {
    return prepare(doors, TINY);
  }

  private SimulatedShop prepare(Doors doors, ShopSettings wanted)
      throws IOException, InterruptedException {
    return new DemoSetup(folder.resolve("shop"), doors, new PrintWriter(console)).prepare(wanted);
  }

  @Nested
  class TheFirstStart {
    private final Recorded doors = new Recorded();

    @Test
    void makesTheFilesThenImportsThenTrains() throws Exception {
      SimulatedShop shop = prepare(doors);
      Path data = folder.resolve("shop");
      assertEquals(List.of("import", "train"), doors.names());
      assertEquals(
          shop.productCount(), Files.readAllLines(data.resolve("demo/items.jsonl")).size());
      assertTrue(Files.exists(data.resolve("images").resolve(shop.itemId(0) + ".svg")));
      assertTrue(doors.commands.getLast().contains("--max-seconds"), doors.commands::toString);
    }

    @Test
    void refusesADirectoryThatHoldsSomethingElse() throws Exception {
      Files.createDirectories(folder.resolve("shop"));
      Files.writeString(folder.resolve("shop/thesis.txt"), "mine");
      String message = assertThrows(DemoFailedException.class, () -> prepare(doors)).getMessage();
      assertTrue(message.contains("no demo shop") && message.contains("--data"), message);
      assertEquals(List.of(), doors.names());
    }
  }

  @Nested
  class ALaterStart {
    @Test
    void doesNothingAgainAndHasTheSameShop() throws Exception {
      SimulatedShop first = prepare(new Recorded());
      Recorded again = new Recorded();
      SimulatedShop second =
          prepare(again, ShopSettings.demo(99, Instant.EPOCH, ShopLanguage.ENGLISH));
      assertEquals(List.of(), again.names());
      assertEquals(first.settings(), second.settings());
    }

    @Test
    void takesUpTheStepThatFailed() throws Exception {
      Recorded failing = new Recorded("train");
      assertThrows(DemoFailedException.class, () -> prepare(failing));
      Recorded again = new Recorded();
      prepare(again);
      assertEquals(List.of("train"), again.names());
    }

    @Test
    void refusesADamagedProgressFile() throws Exception {
      prepare(new Recorded());
      Path file = DemoProgress.fileIn(folder.resolve("shop"));
      Files.writeString(file, Files.readString(file).replace("\"seed\" : 3", "\"seed\" : 4"));
      String message =
          assertThrows(DemoFailedException.class, () -> prepare(new Recorded())).getMessage();
      assertTrue(message.contains("is damaged") && message.contains("已损坏"), message);
    }

    @Test
    void refusesAProgressFileOfANewerVersion() throws Exception {
      prepare(new Recorded());
      Path file = DemoProgress.fileIn(folder.resolve("shop"));
      Files.writeString(
          file, Files.readString(file).replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"));
      String message =
          assertThrows(DemoFailedException.class, () -> prepare(new Recorded())).getMessage();
      assertTrue(message.contains("is of format 2"), message);
    }
  }

  /// Doors that open on nothing but remember who knocked.
  private static final class Recorded implements Doors {
    private final List<List<String>> commands = new ArrayList<>();
    private final String failing;

    Recorded() {
      this("");
    }

    Recorded(String failing) {
      this.failing = failing;
    }

    List<String> names() {
      return commands.stream().map(List::getFirst).toList();
    }

    @Override
    public void run(List<String> command) {
      if (command.getFirst().equals(failing)) {
        throw new DemoFailedException(failing + " failed", "失败");
      }
      commands.add(command);
    }

    @Override
    public Running start(List<String> command) {
      throw new UnsupportedOperationException("nothing is served here");
    }
  }
}
