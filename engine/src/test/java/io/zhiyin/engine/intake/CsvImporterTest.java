package io.zhiyin.engine.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.InvalidFieldException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.io.TempDir;

class CsvImporterTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-24T08:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  private TableOptions options = TableOptions.plain(CLOCK);

  private Path file(String name, String text, Charset charset) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(charset));
  }

  private Path file(String text) throws IOException {
    return file("events.csv", text, StandardCharsets.UTF_8);
  }

  private RecordingSink read(Path... files) throws IOException {
    return RecordingSink.of(new CsvImporter(options), files);
  }

  private void options(
      Map<String, String> columns, Map<String, String> constants, LocalTimes times) {
    options =
        new TableOptions(
            CLOCK,
            columns,
            constants,
            EventTypes.common(),
            Encoding.detected(),
            times,
            Optional.empty(),
            TableOptions.Header.NAMED,
            options.returns());
  }

  private static LocalTimes shanghai() {
    return LocalTimes.in(ZoneId.of("Asia/Shanghai"));
  }

  @Nested
  class AHeader {
    @Test
    void inUsualWordsNeedsNoMap() throws IOException {
      RecordingSink sink =
          read(file("user_id,item_id,behavior_type,timestamp\nu1,i1,pv,1511658000\n"));
      assertEquals("", sink.reasons());
      assertEquals(EventKind.DETAIL_PAGE_VIEW, sink.events.getFirst().kind());
      assertEquals(Instant.parse("2017-11-26T01:00:00Z"), sink.events.getFirst().eventTime());
    }

    @Test
    void inChineseAndGbkIsFoundOut() throws IOException {
      options(Map.of(), Map.of(), shanghai());
      Path file =
          file(
              "订单.csv",
              "用户ID;商品编号;行为;时间;商品名称;类目\n张三;甲1;收藏;2026年1月2日 8:05;红富士苹果;食品 > 水果\n",
              Charset.forName("GBK"));
      RecordingSink sink = read(file);
      assertEquals("", sink.reasons());
      assertEquals("张三", sink.shopperEvent(0).header().userId().orElseThrow().value());
      assertEquals(EventKind.ADD_TO_FAVORITES, sink.events.getFirst().kind());
      assertEquals(Instant.parse("2026-01-02T00:05:00Z"), sink.events.getFirst().eventTime());
      assertEquals("红富士苹果", sink.fields("甲1").title());
      assertEquals(List.of("食品 > 水果"), sink.fields("甲1").categories());
    }

    @Test
    void withAByteOrderMarkIsRead() throws IOException {
      assertEquals(
          1,
          read(file("\uFEFFuserId,itemId,eventType,eventTime\nu,i,buy,1511658000123\n"))
              .events
              .size());
    }

    @Test
    void ofAnyWordsIsMapped() throws IOException {
      options(
          Map.of("userId", "wer", "itemId", "was", "eventTime", "wann"),
          Map.of("eventType", "purchase"),
          LocalTimes.absolute());
      RecordingSink sink = read(file("wer\twas\twann\nu\ti\t2026-01-01T00:00:00+01:00\n"));
      assertEquals("", sink.reasons());
      assertEquals(Instant.parse("2025-12-31T23:00:00Z"), sink.events.getFirst().eventTime());
    }

    @Test
    void thatHasNoUserOrItemIsRefusedWithItsColumns() {
      var e = assertThrows(UnusableFileException.class, () -> read(file("a,b\n1,2\n")));
      assertTrue(
          e.getMessage()
              .contains(
                  "has no column that could be userId, itemId; its columns are: a, b; say which one"
                      + " it is with --map itemId=COLUMN"),
          e.getMessage());
    }

    @Test
    void withoutTheMappedColumnIsRefusedWithTheNearest() {
      options(Map.of("userId", "Custommer"), Map.of(), LocalTimes.absolute());
      var e =
          assertThrows(
              InvalidFieldException.class, () -> read(file("Customer,itemId,time\nu,i,1\n")));
      assertEquals("names a column that no file has; did you mean Customer?", e.reason());
    }

    @Test
    void thatDoesNotSayWhatHappenedIsRefused() {
      var e =
          assertThrows(
              UnusableFileException.class,
              () -> read(file("userId,itemId,time\nu,i,1511658000\n")));
      assertTrue(e.getMessage().contains("--set eventType=purchase"), e.getMessage());
    }
  }

  @Nested
  class ARow {
    @Test
    void mayHoldQuotesDelimitersAndLineEnds() throws IOException {
      RecordingSink sink =
          read(
              file(
                  """
            userId,itemId,eventType,eventTime,title
            u,i,pv,1511658000,"a ""b"", c
            d"
            u,i2,oops,1511658000,t
            """));
      assertEquals("a \"b\", c\nd", sink.fields("i").title());
      assertEquals(4, sink.rejects.getFirst().line());
    }

    @Test
    void thatIsWrongIsNamedByLineColumnValueAndReason() throws IOException {
      options(Map.of("userId", "Kunde"), Map.of(), LocalTimes.absolute());
      RecordingSink sink =
          read(
              file(
                  """
            Kunde,itemId,eventType,eventTime,quantity
            ,i,pv,1511658000,1
            u,i,pv,2099-01-01T00:00:00Z,1
            u,i,pv,yesterday,1
            u,i,pv,1511658000,many
            u,i,buy,1511658000,-2
            u
            u,i,pv,1511658000,1
            """));
      assertEquals(1, sink.events.size());
      assertEquals(
          List.of(
              "2 Kunde is empty",
              "3 eventTime must not be more than a day in the future",
              "4 eventTime " + Times.EXPECTED,
              "5 quantity must be a number such as 19.90",
              "6 quantity is below zero: a return",
              "7 eventType is empty"),
          sink.rejects.stream().map(r -> r.line() + " " + r.field() + " " + r.reason()).toList());
    }

    @Test
    void withAClockTimeNeedsAZone() throws IOException {
      Path file = file("userId,itemId,eventType,eventTime\nu,i,pv,2010-12-01 08:26:00\n");
      assertTrue(read(file).reasons().contains("is a clock time; say where with --zone"));
      options(Map.of(), Map.of(), shanghai());
      assertEquals(Instant.parse("2010-12-01T00:26:00Z"), read(file).events.getFirst().eventTime());
      options(Map.of(), Map.of(), shanghai().with("M/d/yyyy H:mm"));
      Path american = file("userId,itemId,eventType,eventTime\nu,i,pv,12/1/2010 8:26\n");
      assertEquals(
          Instant.parse("2010-12-01T00:26:00Z"), read(american).events.getFirst().eventTime());
    }

    @Test
    void withADayThatIsNotInTheCalendarIsRefused() throws IOException {
      options(Map.of(), Map.of(), shanghai());
      Path file = file("userId,itemId,eventType,eventTime\nu,i,pv,2010-02-31\n");
      assertTrue(read(file).events.isEmpty());
    }

    @Test
    void ofAnOrderJoinsItsNeighboursOfTheSameOrder() throws IOException {
      RecordingSink sink =
          read(
              file(
                  """
            userId,itemId,eventType,eventTime,orderId,price
            u,a,buy,1511658000,o1,1.5
            u,b,buy,1511658000,o1,2
            u,c,buy,1511658000,o2,3
            w,d,buy,1511658000,o2,3
            """));
      assertEquals(3, sink.events.size());
      assertEquals(2, sink.shopperEvent(0).items().size());
    }

    @Test
    void thatIsThereTwiceIsTwoEventsAndTheSameTwoNextTime() throws IOException {
      Path file =
          file("userId,itemId,eventType,eventTime\nu,i,buy,1511658000\nu,i,buy,1511658000\n");
      RecordingSink once = read(file);
      assertEquals(2, once.events.stream().map(e -> e.eventId()).distinct().count());
      assertEquals(once.events, read(file).events);
    }
  }

  @Nested
  class WideFiles {
    @Test
    void ofUsersAndItemsAreToldApartByTheirColumns() throws IOException {
      Path users =
          file(
              "user_data.csv",
              """
            user_id,browse_record,purchase_record,favorite_record
            u1,A|B|C,C,B
            u2,"['A', 'B']",,
            u3,A B,B,
            """,
              StandardCharsets.UTF_8);
      Path items =
          file(
              "item_data.csv",
              "item_id,category\nA,electronics\nB,clothing\n",
              Charset.defaultCharset());
      RecordingSink sink = read(users, items);
      assertEquals("", sink.reasons());
      assertEquals(10, sink.events.size());
      assertEquals(
          List.of(
              EventKind.DETAIL_PAGE_VIEW,
              EventKind.DETAIL_PAGE_VIEW,
              EventKind.DETAIL_PAGE_VIEW,
              EventKind.ADD_TO_FAVORITES,
              EventKind.PURCHASE_COMPLETE),
          sink.events.stream().limit(5).map(e -> e.kind()).toList());
      assertEquals(List.of("electronics"), sink.fields("A").categories());
      assertEquals(2, sink.notes.size());
    }

    @Test
    void haveListsInAnyOfTheUsualWays() {
      for (String cell :
          List.of("A|B", "A;B", "A,B", "A、B", "A B", "[\"A\",\"B\"]", "['A', 'B']", "[A,B]")) {
        assertEquals(List.of("A", "B"), CellList.parse(cell), cell);
      }
    }
  }
}
