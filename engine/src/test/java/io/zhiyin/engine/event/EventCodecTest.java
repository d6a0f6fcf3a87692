package io.zhiyin.engine.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EventCodecTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private static Event view() {
    return new ShopperEvent.DetailPageView(
        Header.of(new EventId("e1"), NOON, new UserId("anna")), List.of(ItemLine.of("lamp")));
  }

  @Nested
  class Between {
    private final byte[] bytes =
        new RecordWriter().text("before").text("within").number(5).toBytes();
    private final int from = 7;
    private final int to = 14;

    @Test
    void twoPositionsARecordEndsWhereItSays() {
      RecordReader in = new RecordReader(bytes, from, to);
      assertEquals("within", in.text());
      assertTrue(in.atEnd());
      assertThrows(IndexOutOfBoundsException.class, in::number);
      assertThrows(IllegalArgumentException.class, () -> in.skip(1));
    }

    @Test
    void aTextOrCountThatWouldGoOnIsRefused() {
      RecordReader text = new RecordReader(bytes, from, to - 1);
      assertThrows(IllegalArgumentException.class, text::text);
      byte[] list = new RecordWriter().texts(List.of("a", "b")).toBytes();
      RecordReader count = new RecordReader(list, 0, 2);
      assertThrows(IllegalArgumentException.class, count::texts);
    }

    @Test
    void anEndBeyondTheBytesIsNone() {
      assertThrows(
          IndexOutOfBoundsException.class, () -> new RecordReader(bytes, 0, bytes.length + 1));
    }
  }

  @Nested
  class RoundTrip {
    @Test
    void everyKindComesBackAsItWas() throws UnreadableRecordException {
      RandomEvents events = new RandomEvents(1);
      for (EventKind kind : EventKind.values()) {
        for (int i = 0; i < 200; i++) {
          Event event = events.ofKind(kind);
          assertEquals(event, EventCodec.decode(EventCodec.encode(event)));
        }
      }
    }

    @Test
    void theSameEventGivesTheSameBytes() throws UnreadableRecordException {
      RandomEvents events = new RandomEvents(2);
      for (int i = 0; i < 1000; i++) {
        byte[] bytes = EventCodec.encode(events.next());
        assertArrayEquals(bytes, EventCodec.encode(EventCodec.decode(bytes)));
      }
    }

    @Test
    void anOrdinaryViewTakesFewBytes() {
      assertEquals(28, EventCodec.encode(view()).length);
    }

    @Test
    void theOrderOfAttributesLeavesNoTrace() {
      Header one =
          new Header(
              new EventId("e"),
              NOON,
              new UserId("u"),
              null,
              null,
              null,
              null,
              Map.of("a", "1", "b", "2", "c", "3"));
      Header two =
          new Header(
              new EventId("e"),
              NOON,
              new UserId("u"),
              null,
              null,
              null,
              null,
              Map.of("c", "3", "b", "2", "a", "1"));
      assertArrayEquals(
          EventCodec.encode(new ShopperEvent.HomePageView(one)),
          EventCodec.encode(new ShopperEvent.HomePageView(two)));
    }
  }

  @Nested
  class Refusing {
    private static final String DAMAGED =
        "An event record is damaged (its checksum does not match): stop the program and restore the"
            + " data directory from a backup.";

    @Test
    void anyFlippedBitIsDamage() {
      byte[] record = EventCodec.encode(view());
      for (int bit = 8; bit < record.length * 8; bit++) {
        byte[] flipped = record.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        UnreadableRecordException refused =
            assertThrows(UnreadableRecordException.class, () -> EventCodec.decode(flipped));
        assertEquals(DAMAGED, refused.getMessage());
      }
    }

    @Test
    void aShorterRecordIsDamage() {
      byte[] record = EventCodec.encode(view());
      for (int length = 0; length < record.length; length++) {
        byte[] cut = Arrays.copyOf(record, length);
        assertThrows(UnreadableRecordException.class, () -> EventCodec.decode(cut));
      }
    }

    @Test
    void aNewerRecordAsksForTheNewerProgram() {
      byte[] record = EventCodec.encode(view());
      record[0] = 2;
      UnreadableRecordException refused =
          assertThrows(UnreadableRecordException.class, () -> EventCodec.decode(record));
      assertEquals(
          "An event record has format 2, and this program reads formats up to 1: start a newer"
              + " version of Zhiyin on this data.",
          refused.getMessage());
    }

    @Test
    void anyBytesEndInTheSentenceAndNeverInAnotherError() {
      SplittableRandom random = new SplittableRandom(3);
      for (int i = 0; i < 20_000; i++) {
        byte[] bytes = new byte[random.nextInt(60)];
        random.nextBytes(bytes);
        if (bytes.length > 5) {
          bytes[0] = 1;
          bytes[5] = (byte) (1 + random.nextInt(12));
          Checksums.fix(bytes);
        }
        try {
          EventCodec.decode(bytes);
        } catch (UnreadableRecordException refused) {
          assertTrue(refused.getMessage().endsWith("."), refused.getMessage());
        }
      }
    }
  }

  /// Puts the right checksum on whatever follows, so that what is behind it is tried too.
  private static final class Checksums {
    static void fix(byte[] record) {
      CRC32C crc = new CRC32C();
      crc.update(record, 0, 1);
      crc.update(record, 5, record.length - 5);
      ByteBuffer.wrap(record).putInt(1, (int) crc.getValue());
    }
  }
}
