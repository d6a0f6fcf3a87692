package io.zhiyin.engine.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Header HEADER = Header.of(new EventId("e1"), NOON, new UserId("u1"));

  @Nested
  class Ids {
    @Test
    void takeAnyScriptUpTo256Characters() {
      assertEquals("用户-1", new UserId("用户-1").value());
      assertEquals(256, new ItemId("x".repeat(256)).value().length());
    }

    @Test
    void refuseEmptyLongAndControlText() {
      assertEquals(
          "itemId must not be empty (was: )",
          assertThrows(InvalidFieldException.class, () -> new ItemId("")).getMessage());
      InvalidFieldException tooLong =
          assertThrows(InvalidFieldException.class, () -> new EventId("x".repeat(257)));
      assertEquals("eventId", tooLong.field());
      assertEquals("must have at most 256 characters", tooLong.reason());
      assertEquals(
          "must not have control characters",
          assertThrows(InvalidFieldException.class, () -> new VisitorId("a\nb")).reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "../x", "-a", "shop 1", "店"})
    void ofShopsAreSafeInFileNames(String text) {
      assertThrows(InvalidFieldException.class, () -> new ShopId(text));
    }
  }

  @Nested
  class Kinds {
    @Test
    void haveDistinctCodesThatFitAModelsTypeTable() {
      Set<Byte> codes = new HashSet<>();
      for (EventKind kind : EventKind.values()) {
        assertTrue(codes.add(kind.code()), kind + " shares its code");
        assertTrue(kind.code() > 0 && kind.code() < 64);
        assertEquals(kind, EventKind.ofCode(kind.code()));
      }
    }

    @Test
    void keepTheCodesThatAreOnDisk() {
      assertEquals(3, EventKind.DETAIL_PAGE_VIEW.code());
      assertEquals(8, EventKind.PURCHASE_COMPLETE.code());
      assertEquals(20, EventKind.ITEM_PUT.code());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 19, 63, 64})
    void refuseCodesThatNoKindHas(int code) {
      assertEquals(
          "no event kind has code " + code,
          assertThrows(IllegalArgumentException.class, () -> EventKind.ofCode(code)).getMessage());
    }

    @Test
    void countOnlyWhatAShopperDidWithItemsAsEngagement() {
      assertTrue(EventKind.PURCHASE_COMPLETE.isEngagement());
      assertTrue(!EventKind.IMPRESSION.isEngagement());
      assertTrue(!EventKind.SEARCH.isEngagement());
    }
  }

  @Nested
  class ShopperEvents {
    @Test
    void needAUserOrAVisitor() {
      InvalidFieldException error =
          assertThrows(
              InvalidFieldException.class,
              () -> new Header(new EventId("e"), NOON, null, null, null, null, null, Map.of()));
      assertEquals("userId or visitorId is required (was: null)", error.getMessage());
    }

    @Test
    void areCutToTheMillisecond() {
      Header header =
          Header.of(
              new EventId("e"), Instant.parse("2026-11-24T12:00:00.123456789Z"), new UserId("u"));
      assertEquals(Instant.parse("2026-11-24T12:00:00.123Z"), header.eventTime());
    }

    @Test
    void aboutItemsNameAtLeastOneAndAtMost500() {
      assertEquals(
          "must name at least one item",
          assertThrows(
                  InvalidFieldException.class, () -> new ShopperEvent.AddToCart(HEADER, List.of()))
              .reason());
      List<ItemLine> many = IntStream.range(0, 501).mapToObj(i -> ItemLine.of("i" + i)).toList();
      assertEquals(
          "may have at most 500 lines",
          assertThrows(InvalidFieldException.class, () -> new ShopperEvent.Impression(HEADER, many))
              .reason());
    }

    @Test
    void ofALoginNeedBothIds() {
      assertEquals(
          "visitorId is required in a login event (was: null)",
          assertThrows(InvalidFieldException.class, () -> new ShopperEvent.Login(HEADER))
              .getMessage());
    }

    @Test
    void refuseARatingThatIsNoNumber() {
      assertThrows(
          InvalidFieldException.class,
          () -> new ShopperEvent.Rating(HEADER, List.of(ItemLine.of("i")), Double.NaN));
    }
  }

  @Nested
  class ItemLines {
    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_001})
    void refuseQuantitiesThatNobodyBuys(int quantity) {
      assertEquals(
          "quantity",
          assertThrows(
                  InvalidFieldException.class,
                  () -> new ItemLine(new ItemId("i"), quantity, null, null))
              .field());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, Double.NaN, Double.POSITIVE_INFINITY, 2e12})
    void refusePricesThatAreNone(double price) {
      assertEquals(
          "price",
          assertThrows(
                  InvalidFieldException.class, () -> new ItemLine(new ItemId("i"), 1, price, null))
              .field());
    }

    @Test
    void countPositionsFromOne() {
      assertThrows(InvalidFieldException.class, () -> new ItemLine(new ItemId("i"), 1, null, 0));
    }
  }
}
