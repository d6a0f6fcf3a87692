package io.zhiyin.engine.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedFormatsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Nested
  class Sequences {
    @Test
    void haveTimesADayApartAndTitlesAndTagsBeside() throws IOException {
      file("items.csv", "item,title\n7,\"Lacquer, red\"\n");
      file("attributes.json", "{\"7\": [1, 2], \"9\": []}");
      RecordingSink sink =
          RecordingSink.of(
              new SequencesImporter(
                  CLOCK,
                  EventKind.PURCHASE_COMPLETE,
                  Optional.of(folder.resolve("items.csv")),
                  Optional.of(folder.resolve("attributes.json"))),
              file("sequences.txt", "u 8 7\nlonely\n"));
      assertEquals(2, sink.events.size());
      assertEquals(Instant.parse("2020-01-02T00:00:00Z"), sink.events.get(1).eventTime());
      assertEquals("Lacquer, red", sink.fields("7").title());
      assertEquals(List.of("1", "2"), sink.fields("7").tags());
      assertEquals(3, sink.items.size());
      assertEquals("2 line has a user but no item (lonely)", sink.reasons());
    }
  }

  @Nested
  class Movielens {
    @Test
    void ofTheNewerKindIsRead() throws IOException {
      file("movies.csv", "movieId,title,genres\n1,\"Toy, Story\",Animation|Comedy\n");
      file("ratings.csv", "userId,movieId,rating,timestamp\n4,1,3.5,964982703\n");
      RecordingSink sink = RecordingSink.of(new MovieLensImporter(CLOCK), folder);
      assertEquals("", sink.reasons());
      assertEquals(3.5, ((ShopperEvent.Rating) sink.events.getFirst()).value());
      assertEquals("Toy, Story", sink.fields("1").title());
      assertEquals(List.of("Animation", "Comedy"), sink.fields("1").categories());
    }

    @Test
    void withoutRatingsIsRefused() {
      assertThrows(
          UnusableFileException.class,
          () -> RecordingSink.of(new MovieLensImporter(CLOCK), folder));
    }
  }

  @Nested
  class Yoochoose {
    @Test
    void asPublishedHasClicksAndBuys() throws IOException {
      file("yoochoose-clicks.dat", "1,2014-04-07T10:51:09.277Z,214536502,0\n");
      file("yoochoose-buys.dat", "1,2014-04-07T10:52:09.277Z,214536502,12462,1\n");
      RecordingSink sink = RecordingSink.of(new YoochooseImporter(CLOCK), folder);
      assertEquals("", sink.reasons());
      assertEquals(
          List.of(EventKind.PURCHASE_COMPLETE, EventKind.DETAIL_PAGE_VIEW),
          sink.events.stream().map(e -> e.kind()).toList());
      assertEquals("1", sink.shopperEvent(0).header().sessionId().orElseThrow().value());
    }
  }

  @Nested
  class Gorse {
    @Test
    void asCsvAndAsLinesSaysTheSame() throws IOException {
      Path csv = Files.createDirectory(folder.resolve("csv"));
      Files.writeString(
          csv.resolve("items.csv"),
          """
            item_id,is_hidden,categories,time_stamp,labels,description
            i1,true,Food|Fruit,2023-05-01 10:00:00 +0000 UTC,"[""red""]",Apple
            """);
      Files.writeString(
          csv.resolve("feedback.csv"),
          """
            feedback_type,user_id,item_id,time_stamp
            star,u,i1,2023-05-01 10:00:00 +0000 UTC
            nonsense,u,i1,2023-05-01
            """);
      Path lines = Files.createDirectory(folder.resolve("lines"));
      Files.writeString(
          lines.resolve("items.jsonl"),
          "{\"ItemId\":\"i1\",\"IsHidden\":true,\"Categories\":[\"Food\",\"Fruit\"],"
              + "\"Timestamp\":\"2023-05-01T10:00:00Z\",\"Labels\":[\"red\"],\"Comment\":\"Apple\"}\n");
      Files.writeString(
          lines.resolve("feedback.jsonl"),
          "{\"FeedbackType\":\"star\",\"UserId\":\"u\",\"ItemId\":\"i1\","
              + "\"Timestamp\":\"2023-05-01T10:00:00Z\"}\n");
      GorseImporter importer = new GorseImporter(CLOCK, EventTypes.common(), LocalTimes.absolute());
      RecordingSink one = RecordingSink.of(importer, csv);
      RecordingSink other = RecordingSink.of(importer, lines);
      assertEquals(1, one.rejects.size());
      assertEquals(one.events, other.events);
      assertEquals(one.items, other.items);
      assertEquals(false, one.fields("i1").available());
      assertEquals(List.of("Food", "Fruit"), one.fields("i1").categories());
    }
  }

  @Nested
  class OurOwnLines {
    private RecordingSink read(String text) throws IOException {
      return RecordingSink.of(
          new JsonlImporter(CLOCK, EventTypes.common(), Encoding.detected()),
          file("all.jsonl", text));
    }

    @Test
    void mayMixEventsAndItems() throws IOException {
      RecordingSink sink =
          read(
              """
              {"itemId":"i","title":"t"}
              {"eventType":"pv","eventTime":"2026-01-01T00:00:00Z","userId":"u","items":[{"itemId":"i"}]}
              {"eventType":"pv","userId":"u","items":[{"itemId":"i"}]}
              [1]
              {"itemId":
              """);
      assertEquals(1, sink.events.size());
      assertEquals("t", sink.fields("i").title());
      assertEquals(3, sink.rejects.size());
      assertEquals("eventTime", sink.rejects.getFirst().field());
      assertTrue(sink.rejects.getLast().reason().startsWith("is not JSON"));
    }

    @Test
    void giveBackEveryEventThatWasWritten() throws IOException {
      ItemId item = new ItemId("i");
      var put = new CatalogEvent.ItemPut(new EventId("1"), NOW, item, ItemFields.NONE);
      var patch = new CatalogEvent.ItemPatch(new EventId("2"), NOW, item, ItemFields.NONE);
      var delete = new CatalogEvent.ItemDelete(new EventId("3"), NOW, item);
      var erased = new UserErased(new EventId("4"), NOW, new UserId("u"));
      StringBuilder text = new StringBuilder();
      for (var event : List.of(put, patch, delete, erased)) {
        text.append(JournalJson.write(event)).append('\n');
      }
      RecordingSink sink = read(text.toString());
      assertEquals("", sink.reasons());
      assertEquals(List.of(put, patch, delete, erased), sink.events);
    }
  }
}
