package io.zhiyin.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemNamesTest {
  @TempDir Path directory;

  private ItemNames names(String text) throws IOException {
    Path file = directory.resolve("items.txt");
    Files.writeString(file, text);
    return ItemNames.read(file);
  }

  private static List<ItemId> ids(String... values) {
    return List.of(values).stream().map(ItemId::new).toList();
  }

  @Test
  void eachLineIsAnId() throws IOException {
    assertEquals(ids("a", "知音", "c d"), names("a\n知音\nc d\n"));
  }

  @Test
  void theLastLineNeedsNoEnd() throws IOException {
    assertEquals(ids("a", "b"), names("a\nb"));
  }

  @Test
  void linesMayEndAsOnOtherSystems() throws IOException {
    assertEquals(ids("a", "b"), names("a\r\nb\r\n"));
  }

  @Test
  void anEmptyFileNamesNothing() throws IOException {
    assertEquals(List.of(), names(""));
  }

  @Test
  void manyLinesKeepTheirOrder() throws IOException {
    int n = 10_000;
    Path file = directory.resolve("items.txt");
    Files.write(file, IntStream.range(0, n).mapToObj(i -> "item-" + i).toList());
    ItemNames names = ItemNames.read(file);
    assertEquals(n, names.size());
    for (int i : new int[] {0, 1, 999, 1023, 1024, 5000, n - 1}) {
      assertEquals(new ItemId("item-" + i), names.get(i));
    }
    assertThrows(IndexOutOfBoundsException.class, () -> names.get(n));
  }

  @Test
  void aLineThatIsNoIdIsRefused() throws IOException {
    assertThrows(InvalidFieldException.class, () -> names("a\n\nb\n").get(1));
    assertThrows(InvalidFieldException.class, () -> names("a\tb\n").get(0));
  }
}
