package io.zhiyin.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.RecordReader;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A catalogue that was kept and read again says what it said before.
class CatalogImageTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  /// More different values than the table by which equal ones are found has places.
  private static final int ITEMS = 9_000;

  private static ItemFields fields(
      String title, List<String> categories, @Nullable String brand, int stock) {
    return new ItemFields(
        title,
        null,
        categories,
        brand,
        9.5,
        "CNY",
        stock,
        true,
        "zh",
        null,
        List.of("夏", brand == null ? "" : brand),
        Map.of("colour", "red"),
        null,
        null);
  }

  private static Catalog put(List<ItemFields> items) {
    Catalog catalog = new Catalog();
    for (int i = 0; i < items.size(); i++) {
      EventId event = new EventId("e" + i);
      catalog.apply(new CatalogEvent.ItemPut(event, NOON, new ItemId("i" + i), items.get(i)));
    }
    return catalog;
  }

  private static Catalog readAgain(Catalog catalog) throws IOException {
    Catalog read = new Catalog();
    catalog.image().writeTo((kind, piece) -> read.restore(kind, new RecordReader(piece)));
    return read;
  }

  private static ItemFields of(Catalog catalog, int item) {
    return Objects.requireNonNull(catalog.at(item)).fields();
  }

  @Test
  void everyItemSaysWhatItSaidHoweverManyDifferentValuesThereAre() throws IOException {
    List<ItemFields> items =
        IntStream.range(0, ITEMS)
            .mapToObj(i -> fields("标题 " + i, List.of("C" + i, "C > " + i), "brand " + i, i))
            .toList();
    Catalog read = readAgain(put(items));
    for (int i = 0; i < ITEMS; i++) {
      assertEquals(items.get(i), of(read, i));
      assertEquals(new ItemId("i" + i), read.vocabulary().idOf(i));
    }
  }

  @Test
  void whatItemsSayAlikeIsInMemoryOnceBeforeAndAfter() throws IOException {
    List<ItemFields> items =
        List.of(
            fields("a", List.of("Tea > Green"), new String("茗 Tea"), 5_000),
            fields("b", List.of("Tea > Green"), new String("茗 Tea"), 5_000),
            fields("c", List.of("茗 Tea"), null, 5_000)); // a list and a text of the same bytes
    Catalog read = readAgain(put(items));
    assertEquals(items, List.of(of(read, 0), of(read, 1), of(read, 2)));
    assertSame(of(read, 0).brand(), of(read, 1).brand());
    assertSame(of(read, 0).categories(), of(read, 1).categories());
    assertSame(of(read, 0).tags(), of(read, 1).tags());
    assertSame(of(read, 0).stock(), of(read, 1).stock());
    read.apply(
        new CatalogEvent.ItemPut(
            new EventId("later"),
            NOON,
            new ItemId("later"),
            fields("d", List.of("Tea > Green"), new String("茗 Tea"), 5_000)));
    assertSame(of(read, 0).brand(), of(read, 3).brand(), "with what comes later, too");
  }
}
