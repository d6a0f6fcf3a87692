package io.zhiyin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.server.shop.ExportProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreCommandTest {
  @TempDir Path folder;

  private Path lines;

  @BeforeEach
  void exported() throws IOException {
    Path table = folder.resolve("a.csv");
    Files.writeString(
        table,
        "user,item,action,time\nu,i,buy,1511658000\nw,j,pv,1511658001\nu,j,fav,1511658002\n");
    Path data = folder.resolve("data");
    CommandRun in =
        CommandRun.of(
            "import",
            "--data",
            data,
            "--format",
            "csv",
            "--map",
            "user=user",
            "--map",
            "item=item",
            "--map",
            "event-type=action",
            "--map",
            "time=time",
            table);
    assertEquals(0, in.status(), in.err());
    lines = folder.resolve("all.jsonl");
    assertEquals(0, CommandRun.of("export", "--data", data, "--to", lines).status());
  }

  private CommandRun restore(String to) {
    return CommandRun.of("restore", "--data", folder.resolve(to), lines);
  }

  private List<String> exportOf(String name) throws IOException {
    Path again = folder.resolve(name + ".jsonl");
    CommandRun out = CommandRun.of("export", "--data", folder.resolve(name), "--to", again);
    assertEquals(0, out.status(), out.err());
    return Files.readAllLines(again);
  }

  @Test
  void bringsBackTheVeryEvents() throws IOException {
    CommandRun run = restore("new");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("3  events"), run.out());
    assertTrue(run.out().contains("Restored, and the same as was exported."), run.out());
    assertEquals(Files.readAllLines(lines), exportOf("new"));
    assertEquals(
        Files.readString(ExportProof.beside(lines)),
        Files.readString(folder.resolve("new.jsonl.proof")));
  }

  @Test
  void goesOnWhereItWasCutOff() throws IOException {
    List<String> all = Files.readAllLines(lines);
    Path part = folder.resolve("part.jsonl");
    Files.write(part, all.subList(0, 2));
    assertEquals(0, CommandRun.of("restore", "--data", folder.resolve("new"), part).status());
    CommandRun run = restore("new");
    assertEquals(0, run.status(), run.err());
    assertEquals(all, exportOf("new"));
  }

  @Test
  void refusesAFileThatIsNotWholeAndWritesNothing() throws IOException {
    Files.write(lines, Files.readAllLines(lines).subList(0, 2));
    CommandRun run = restore("new");
    assertEquals(Failures.WRONG_CALL, run.status());
    assertTrue(run.err().contains("it has 2 events, its proof says 3"), run.err());
    assertFalse(CommandRun.of("export", "--data", folder.resolve("new")).out().contains("eventId"));
  }

  @Test
  void refusesADamagedLineByItsNumber() throws IOException {
    List<String> all = Files.readAllLines(lines);
    Files.write(lines, List.of(all.get(0), all.get(1).substring(5), all.get(2)));
    CommandRun run = restore("new");
    assertEquals(Failures.WRONG_CALL, run.status());
    assertTrue(run.err().contains("all.jsonl:2 is damaged"), run.err());
  }

  @Test
  void refusesAShopThatHasOtherData() throws IOException {
    assertEquals(0, restore("new").status());
    Path other = folder.resolve("other.jsonl");
    Files.write(other, Files.readAllLines(lines).subList(1, 3));
    CommandRun run = CommandRun.of("restore", "--data", folder.resolve("new"), other);
    assertEquals(Failures.WRONG_CALL, run.status());
    assertTrue(run.err().contains("has other data already"), run.err());
  }
}
