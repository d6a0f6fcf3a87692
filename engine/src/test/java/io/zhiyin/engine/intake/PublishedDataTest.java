package io.zhiyin.engine.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ShopperEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Runs the importers over the published data sets, where they lie beside the project.
class PublishedDataTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-24T08:00:00Z"), ZoneOffset.UTC);

  private static Path data(String name) {
    Path path =
        Path.of(System.getProperty("zhiyin.root", ".")).resolve("../shared/data").resolve(name);
    assumeTrue(Files.exists(path), () -> "the data set " + path + " is not here");
    return path;
  }

  private static TableOptions table(
      Map<String, String> columns, Map<String, String> constants, TableOptions.Header header) {
    return new TableOptions(
        CLOCK,
        columns,
        constants,
        EventTypes.common(),
        Encoding.detected(),
        LocalTimes.in(ZoneId.of("Europe/London")),
        Optional.empty(),
        header,
        TableOptions.Returns.REJECT);
  }

  @Nested
  class Sequences {
    @Test
    void ofAmazonBeautyWithTitlesBrandsAndAttributes() throws IOException {
      Path folder = data("amazon-beauty");
      for (String table : List.of("items.csv", "items_with_attributes.tsv")) {
        RecordingSink sink =
            RecordingSink.of(
                new SequencesImporter(
                    CLOCK,
                    EventKind.PURCHASE_COMPLETE,
                    Optional.of(folder.resolve(table)),
                    Optional.of(folder.resolve("item_attributes.json"))),
                folder.resolve("sequences.txt"));
        assertEquals("", sink.reasons());
        assertEquals(198_502, sink.events.size());
        assertEquals(22_363, sink.users());
        assertEquals(12_101, sink.items.size());
        assertEquals("OPI Red Shatter Crackle Nail Polish E55 New", sink.fields("2").title());
        assertEquals(List.of("1", "2", "3"), sink.fields("4").tags());
        if (table.endsWith(".tsv")) {
          assertEquals("OPI", sink.fields("2").brand());
          assertEquals(List.of("Makeup > Nails > Nail Polish"), sink.fields("2").categories());
        }
      }
    }

    @Test
    void ofAmazonSportsWithoutTitles() throws IOException {
      Path folder = data("amazon-sports");
      RecordingSink sink =
          RecordingSink.of(
              new SequencesImporter(
                  CLOCK,
                  EventKind.PURCHASE_COMPLETE,
                  Optional.empty(),
                  Optional.of(folder.resolve("item_attributes.json"))),
              folder.resolve("sequences.txt"));
      assertEquals("", sink.reasons());
      assertEquals(296_337, sink.events.size());
      assertEquals(35_598, sink.users());
      assertEquals(18_357, sink.items.size());
    }
  }

  @Nested
  class FormatsOfTheirOwn {
    @Test
    void movielens100k() throws IOException {
      RecordingSink sink = RecordingSink.of(new MovieLensImporter(CLOCK), data("ml-100k"));
      assertEquals("", sink.reasons());
      assertEquals(100_000, sink.events.size());
      assertEquals(943, sink.users());
      assertEquals(1_682, sink.items.size());
      assertEquals("Toy Story (1995)", sink.fields("1").title());
      assertEquals(List.of("Animation", "Children's", "Comedy"), sink.fields("1").categories());
      assertEquals(
          "Misérables, Les (1995)", sink.fields("73").title().isEmpty() ? "" : title(sink));
    }

    private String title(RecordingSink sink) {
      return sink.items.keySet().stream()
          .map(id -> sink.fields(id.value()).title())
          .filter(title -> title != null && title.startsWith("Misérables"))
          .findFirst()
          .orElse("no title with an accent");
    }

    @Test
    void lastfm() throws IOException {
      RecordingSink sink = RecordingSink.of(new LastfmImporter(CLOCK), data("lastfm-hetrec"));
      assertEquals("", sink.reasons());
      assertEquals(92_834, sink.events.size());
      assertEquals(1_892, sink.users());
      assertEquals(17_632, sink.items.size());
    }

    @Test
    void yoochoose() throws IOException {
      RecordingSink sink = RecordingSink.of(new YoochooseImporter(CLOCK), data("yoochoose-100k"));
      assertEquals("", sink.reasons());
      assertTrue(sink.events.size() > 80_000, () -> sink.events.size() + " events");
      assertEquals(0, sink.items.size());
    }
  }

  @Nested
  class Tables {
    @Test
    void onlineRetailWithBasketsAndReturns() throws IOException {
      Path file = data("online-retail/online_retail_2010-12-01_2011-10-31.csv.gz");
      RecordingSink sink =
          RecordingSink.of(
              new CsvImporter(
                  table(
                      Map.of("userId", "CustomerID", "itemId", "StockCode", "title", "Description"),
                      Map.of("eventType", "purchase"),
                      TableOptions.Header.NAMED)),
              file);
      assertEquals(431_673, sink.records);
      long lines =
          sink.events.stream().mapToLong(event -> ((ShopperEvent) event).items().size()).sum();
      assertEquals(431_673, lines + sink.rejects.size());
      System.getLogger("test")
          .log(
              System.Logger.Level.INFO,
              sink.events.size()
                  + " baskets, "
                  + lines
                  + " lines, "
                  + sink.items.size()
                  + " items, "
                  + sink.rejects.size()
                  + " rejects");
      assertEquals(Instant.parse("2010-12-01T08:26:00Z"), sink.events.getFirst().eventTime());
      assertEquals(7, sink.shopperEvent(0).items().size());
      assertEquals("WHITE HANGING HEART T-LIGHT HOLDER", sink.fields("85123A").title());
    }

    @Test
    void taobaoWithoutAHeader() throws IOException {
      RecordingSink sink =
          RecordingSink.of(
              new CsvImporter(
                  table(
                      Map.of(
                          "userId",
                          "1",
                          "itemId",
                          "2",
                          "category",
                          "3",
                          "eventType",
                          "4",
                          "eventTime",
                          "5"),
                      Map.of(),
                      TableOptions.Header.NUMBERED)),
              data("taobao-userbehavior/UserBehavior_2017-11-26_first2h.csv"));
      assertEquals("", sink.reasons());
      assertEquals(110_300, sink.events.size());
      assertEquals(List.of("1464116"), sink.fields("1715").categories());
    }
  }
}
