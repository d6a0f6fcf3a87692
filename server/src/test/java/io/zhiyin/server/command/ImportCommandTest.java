package io.zhiyin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.profile.Shopper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  private static final String HEADER = "userId,itemId,eventType,eventTime,title,price\n";

  @TempDir Path folder;

  private Path data() {
    return folder.resolve("data");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private CommandRun csv(Object... paths) {
    Object[] args = {"import", "--data", data(), "--format", "csv"};
    return CommandRun.of(Stream.concat(Stream.of(args), Stream.of(paths)).toArray());
  }

  private ShopStore store() throws IOException {
    return ShopStore.open(data(), ShopId.DEFAULT, Clock.systemUTC());
  }

  private long end() throws IOException {
    try (ShopStore store = store()) {
      return store.journal().end();
    }
  }

  private List<String> rejects() throws IOException {
    try (Stream<Path> files = Files.list(data().resolve("rejects"))) {
      return Files.readAllLines(files.findFirst().orElseThrow());
    }
  }

  @Nested
  class AnImport {
    @Test
    void putsEventsAndItemsIntoTheShop() throws IOException {
      CommandRun run =
          csv(file("a.csv", HEADER + "u,i,buy,1511658000,Apple,2\nu,j,pv,1511658001,Pear,3\n"));
      assertEquals(0, run.status(), run.err());
      try (ShopStore store = store()) {
        assertEquals(4, store.journal().end());
        assertEquals("Apple", store.catalog().find(new ItemId("i")).orElseThrow().title());
        assertEquals(2, store.profiles().of(new Shopper.User(new UserId("u"))).history().size());
      }
    }

    @Test
    void aSecondTimeChangesNothing() throws IOException {
      Path file =
          file("a.csv", HEADER + "u,i,buy,1511658000,Apple,2\nu,i,buy,1511658000,Apple,2\n");
      assertEquals(0, csv(file).status());
      assertEquals(3, end());
      CommandRun again = csv(file);
      assertEquals(0, again.status(), again.err());
      assertEquals(3, end());
      assertTrue(again.out().contains("2  events known already"), again.out());
      assertTrue(again.out().contains("1  items unchanged"), again.out());
    }

    @Test
    void ofAnItemThatGoesBackToWhatItWasChangesItBack() throws IOException {
      Path cheap = file("a.csv", "itemId,title,price\ni,Apple,1\n");
      Path dear = file("b.csv", "itemId,title,price\ni,Apple,2\n");
      for (Path each : List.of(cheap, dear, cheap)) {
        assertEquals(0, csv(each).status());
      }
      try (ShopStore store = store()) {
        assertEquals(1.0, store.catalog().find(new ItemId("i")).orElseThrow().price());
      }
    }

    @Test
    void keepsTheGoodRowsAndWritesTheBadOnesDown() throws IOException {
      CommandRun run =
          csv(file("a.csv", HEADER + "u,i,buy,1511658000,A,2\n,i,buy,1511658000,A,2\n"));
      assertEquals(0, run.status());
      assertTrue(run.out().contains("1  records rejected"), run.out());
      assertTrue(run.out().contains("1  userId is empty"), run.out());
      assertEquals("file\tline\tfield\tvalue\treason", rejects().getFirst());
      assertTrue(rejects().get(1).endsWith("a.csv\t3\tuserId\t\tis empty"), rejects().get(1));
    }

    @Test
    void leavesNoSpoolBehindAndHealsOneThatWasLeft() throws IOException {
      Files.createDirectories(data().resolve("spool"));
      Files.writeString(data().resolve("spool/events"), "left by a killed process");
      assertEquals(0, csv(file("a.csv", HEADER + "u,i,buy,1511658000,A,2\n")).status());
      try (Stream<Path> left = Files.list(data().resolve("spool"))) {
        assertEquals(0, left.count());
      }
    }
  }

  @Nested
  class WhatCannotBeImported {
    private void isRefused(CommandRun run, String sentence) throws IOException {
      assertFalse(run.status() == 0, run.out());
      assertTrue(run.err().contains(sentence), run.err());
      assertFalse(run.err().contains("\tat "), run.err());
      assertEquals(0, end());
    }

    @Test
    void isAFileThatIsMissingOrEmpty() throws IOException {
      isRefused(csv(folder.resolve("nowhere.csv")), "does not exist");
      isRefused(csv(file("empty.csv", "")), "is empty");
      isRefused(csv(file("header.csv", HEADER)), "There was nothing to import");
    }

    @Test
    void isAGzipThatIsCutOffAlthoughItsFirstRowsAreGood() throws IOException {
      StringBuilder rows = new StringBuilder(HEADER);
      for (int i = 0; i < 20_000; i++) {
        rows.append("u").append(i * 7919 % 10_007).append(",i,buy,1511658000,A,2\n");
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
        packed.write(rows.toString().getBytes(StandardCharsets.UTF_8));
      }
      Path cut =
          Files.write(
              folder.resolve("cut.csv.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
      isRefused(csv(cut), "is cut off");
    }

    @Test
    void isAWrongHeaderInTheSecondFile() throws IOException {
      isRefused(
          csv(
              file("a.csv", HEADER + "u,i,buy,1511658000,A,2\n"),
              file("b.csv", "apples,pears\n1,2\n")),
          "has no column that could be userId, itemId; its columns are: apples, pears");
    }

    @Test
    void isAFileWhoseRowsAreAllWrong() throws IOException {
      isRefused(
          csv(file("a.csv", HEADER + "u,i,buy,tomorrow,A,2\n")),
          "Nothing was imported: all 1 records were rejected");
    }

    @Test
    void isAFormatThatNobodyKnows() {
      CommandRun run =
          CommandRun.of("import", "--data", data(), "--format", "excel", folder.resolve("x"));
      assertEquals(Failures.WRONG_CALL, run.status());
      assertEquals(
          "--format must be one of jsonl, csv, sequences, movielens, lastfm, yoochoose, gorse"
              + " (excel).",
          run.err().strip());
    }
  }

  @Nested
  class AnExport {
    @Test
    void canBeImportedIntoAnotherShopAsItWas() throws IOException {
      assertEquals(
          0,
          csv(file("a.csv", HEADER + "u,i,buy,1511658000,A,2\nu,j,pv,1511658001,B,3\n")).status());
      Path lines = folder.resolve("all.jsonl");
      assertEquals(0, CommandRun.of("export", "--data", data(), "--to", lines).status());
      Path other = folder.resolve("other");
      CommandRun back = CommandRun.of("import", "--data", other, "--format", "jsonl", lines);
      assertEquals(0, back.status(), back.err());
      Path again = folder.resolve("again.jsonl");
      assertEquals(0, CommandRun.of("export", "--data", other, "--to", again).status());
      assertEquals(Files.readAllLines(lines), Files.readAllLines(again));
    }
  }

  @Nested
  class AnErasure {
    @Test
    void leavesNothingOfTheUser() throws IOException {
      assertEquals(
          0,
          csv(file("a.csv", HEADER + "u,i,buy,1511658000,A,2\nw,i,pv,1511658001,A,2\n")).status());
      assertEquals(0, CommandRun.of("erase", "--data", data(), "--user", "u").status());
      Path lines = folder.resolve("all.jsonl");
      assertEquals(0, CommandRun.of("export", "--data", data(), "--to", lines).status());
      assertFalse(Files.readString(lines).contains("\"userId\":\"u\""));
      assertTrue(Files.readString(lines).contains("\"userId\":\"w\""));
    }
  }

  @Nested
  class AWrongCall {
    @Test
    void isAnsweredWithOneSentenceAndWhereToLook() {
      CommandRun run = CommandRun.of("import", "--data", "x");
      assertEquals(Failures.WRONG_CALL, run.status());
      assertTrue(run.err().contains("Missing required"), run.err());
      assertTrue(run.err().contains("zhiyin import --help"), run.err());
    }

    @Test
    void ofAnUnknownCommandSuggestsTheNearest() {
      CommandRun run = CommandRun.of("improt");
      assertEquals(Failures.WRONG_CALL, run.status());
      assertTrue(run.err().contains("import"), run.err());
    }
  }
}
