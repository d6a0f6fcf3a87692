package io.zhiyin.engine.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ShopperEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventJsonTest {
  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final EventJson json = EventJson.arriving(CLOCK);

  private ShopperEvent read(String text) {
    return json.read(ItemJson.tree(text.replace('\'', '"').getBytes(UTF_8)));
  }

  private String refusal(String text) {
    return String.valueOf(assertThrows(InvalidFieldException.class, () -> read(text)).getMessage());
  }

  private Batch<ShopperEvent> batch(String text) {
    return json.readBatch(text.replace('\'', '"').getBytes(UTF_8));
  }

  private static final String VIEW =
      "{'eventType':'detail-page-view','userId':'u1','items':[{'itemId':'i1'}]}";

  @Nested
  class AValidEvent {
    @Test
    void keepsEveryFieldThroughReadingAndWriting() {
      String text =
          """
          {"eventId":"e1","eventType":"purchase-complete","eventTime":"2026-11-24T07:59:00.123Z",\
          "userId":"u1","visitorId":"v9","sessionId":"s3","scenario":"home-feed",\
          "recommendationId":"r1","items":[{"itemId":"i7","quantity":2,"price":19.9,"position":3}],\
          "attributes":{"a":"1","b":"x"}}""";
      assertEquals(text, EventJson.write(read(text)).toString());
    }

    @Test
    void withoutATimeHappenedWhenItCame() {
      assertEquals(NOW, read(VIEW).eventTime());
    }

    @Test
    void withoutAnIdHasOneFromItsContent() {
      String timed = VIEW.replace("{'eventType", "{'eventTime':1795507200,'eventType");
      assertEquals(read(timed).eventId(), read(timed).eventId());
      assertNotEquals(read(timed).eventId(), read(timed.replace("i1", "i2")).eventId());
    }

    @Test
    void mayCarryACategoryAQueryOrAValueWhereTheyBelong() {
      var view = read("{'eventType':'view_category','userId':'u','category':'Beauty>Nails'}");
      assertEquals(
          "Beauty > Nails", assertInstanceOf(ShopperEvent.CategoryPageView.class, view).category());
      var search = read("{'eventType':'search','visitorId':'v','query':'跑鞋'}");
      assertEquals("跑鞋", assertInstanceOf(ShopperEvent.Search.class, search).query());
      var rating = read("{'eventType':'rating','userId':'u','value':4.5,'items':[{'itemId':'i'}]}");
      assertEquals(4.5, assertInstanceOf(ShopperEvent.Rating.class, rating).value());
    }
  }

  @Nested
  class TheKindOfEvent {
    @ParameterizedTest
    @CsvSource({
      "view_item,DETAIL_PAGE_VIEW",
      "pv,DETAIL_PAGE_VIEW",
      "read,DETAIL_PAGE_VIEW",
      "浏览,DETAIL_PAGE_VIEW",
      "add_to_cart,ADD_TO_CART",
      "cart,ADD_TO_CART",
      "加购,ADD_TO_CART",
      "fav,ADD_TO_FAVORITES",
      "add_to_wishlist,ADD_TO_FAVORITES",
      "star,ADD_TO_FAVORITES",
      "收藏,ADD_TO_FAVORITES",
      "purchase,PURCHASE_COMPLETE",
      "buy,PURCHASE_COMPLETE",
      "购买,PURCHASE_COMPLETE",
      "remove_from_cart,REMOVE_FROM_CART",
      "view_item_list,IMPRESSION",
      "view_search_results,SEARCH",
      "Detail-Page-View,DETAIL_PAGE_VIEW",
      "点击,CLICK"
    })
    void mayBeGivenInTheWordsOfOthers(String word, EventKind kind) {
      assertEquals(kind, EventTypes.common().kindOf("eventType", word));
    }

    @Test
    void mayBeGivenInWordsThatTheShopExplains() {
      EventTypes types = EventTypes.with(Map.of("B", "purchase"));
      assertEquals(EventKind.PURCHASE_COMPLETE, types.kindOf("eventType", "b"));
      assertEquals(EventKind.DETAIL_PAGE_VIEW, types.kindOf("eventType", "pv"));
    }

    @Test
    void isRefusedWithTheNearestKnownName() {
      assertEquals(
          "eventType is no known kind of event; did you mean purchase-complete?"
              + " (was: purchse)",
          refusal("{'eventType':'purchse','userId':'u','items':[{'itemId':'i'}]}"));
    }

    @Test
    void ofTheCatalogueDoesNotComeInAsAnEvent() {
      assertTrue(refusal("{'eventType':'item-delete'}").startsWith("eventType is not an event of"));
    }
  }

  @Nested
  class AWrongEventIsRefusedByFieldValueAndReason {
    @Test
    void whenAFieldIsUnknown() {
      assertEquals(
          "user_id is not a known field; did you mean userId? (was: u1)",
          refusal("{'eventType':'login','user_id':'u1'}"));
      assertEquals(
          "items[1].prize is not a known field; did you mean price? (was: 3)",
          refusal(VIEW.replace("}]", "},{'itemId':'i2','prize':3}]")));
    }

    @Test
    void whenATypeIsWrong() {
      assertEquals("userId must be a text in quotes (was: 7)", refusal(VIEW.replace("'u1'", "7")));
      assertEquals(
          "items[0].quantity must be a whole number (was: 1.5)",
          refusal(VIEW.replace("'i1'", "'i1','quantity':1.5")));
      assertEquals(
          "items must be an array (was: {\"itemId\":\"i1\"})",
          refusal(VIEW.replace("[", "").replace("]", "")));
    }

    @Test
    void whenAValueIsOutOfRange() {
      assertEquals(
          "items[0].price must be a number between 0 and 1e12 (was: -1.0)",
          refusal(VIEW.replace("'i1'", "'i1','price':-1")));
      assertEquals(
          "items[0].price must be a finite number (was: \"Infinity\")".replace("\"", ""),
          refusal(VIEW.replace("'i1'", "'i1','price':1e999")).replace("\"", ""));
    }

    @Test
    void whenItLiesMoreThanADayAhead() {
      assertEquals(
          "eventTime must not be more than a day in the future (was: 2026-11-25T08:00:01Z)",
          refusal(VIEW.replace("{'e", "{'eventTime':'2026-11-25T16:00:01+08:00','e")));
    }

    @Test
    void whenNobodyDidIt() {
      assertEquals(
          "userId or visitorId is required (was: null)",
          refusal(VIEW.replace("'userId':'u1',", "")));
    }

    @Test
    void whenAFieldBelongsToAnotherKind() {
      assertEquals(
          "query does not belong to an event of the kind detail-page-view (was: null)",
          refusal(VIEW.replace("{'e", "{'query':'x','e")));
    }

    @Test
    void whenANameStandsTwice() {
      assertEquals(
          "userId is given twice (was: u2)", refusal(VIEW.replace("}]", "}],'userId':'u2'")));
    }

    @Test
    void whenAPastEventHasNoTime() {
      EventJson recorded = EventJson.recorded(CLOCK, EventTypes.common(), ContentIds.counting());
      var e =
          assertThrows(
              InvalidFieldException.class,
              () -> recorded.read(ItemJson.tree(VIEW.replace('\'', '"').getBytes(UTF_8))));
      assertEquals("eventTime is required (was: null)", e.getMessage());
    }
  }

  @Nested
  class ATime {
    @ParameterizedTest
    @CsvSource({
      "1795507200,2026-11-24T08:00:00Z",
      "1795507200123,2026-11-24T08:00:00.123Z",
      "'\"1795507200\"',2026-11-24T08:00:00Z",
      "'\"2026-11-24T16:00:00+08:00\"',2026-11-24T08:00:00Z",
      "1396437466.94,2014-04-02T11:17:46.940Z"
    })
    void mayBeRfc3339OrEpochSecondsOrMilliseconds(String written, Instant meant) {
      assertEquals(meant, read(VIEW.replace("{'e", "{'eventTime':" + written + ",'e")).eventTime());
    }

    @Test
    void withoutItsOffsetIsRefused() {
      assertTrue(
          refusal(VIEW.replace("{'e", "{'eventTime':'2026-11-24 08:00:00','e"))
              .startsWith("eventTime must be a time such as 2026-11-24T08:00:00Z"));
    }
  }

  @Nested
  class ABody {
    @Test
    void mayBeOneObjectAnArrayOrLines() {
      assertEquals(1, batch(VIEW).kept().size());
      assertEquals(2, batch("[" + VIEW + "," + VIEW + "]").kept().size());
      assertEquals(2, batch(VIEW + "\n\n" + VIEW + "\n").kept().size());
      assertEquals(1, batch("\uFEFF" + VIEW.replace(",", ",\n  ")).kept().size());
    }

    @Test
    void keepsTheGoodAndNamesTheBad() {
      Batch<ShopperEvent> batch =
          batch("[" + VIEW + "," + VIEW.replace("u1", "") + ",7," + VIEW + "]");
      assertEquals(2, batch.kept().size());
      assertEquals(1, batch.rejected().get(0).index());
      assertEquals("userId", batch.rejected().get(0).field());
      assertEquals(2, batch.rejected().get(1).index());
    }

    @Test
    void keepsTheGoodLinesBesideABrokenOne() {
      Batch<ShopperEvent> batch = batch("{'broken\n" + VIEW + "\n" + VIEW + VIEW + "\n" + VIEW);
      assertEquals(2, batch.kept().size());
      assertEquals(0, batch.rejected().get(0).index());
      assertTrue(batch.rejected().get(0).reason().startsWith("is not JSON"));
      assertEquals("has more than one value in a line", batch.rejected().get(1).reason());
    }

    @Test
    void keepsTheGoodBesideOneWithANameTwice() {
      Batch<ShopperEvent> batch =
          batch("[" + VIEW.replace("}]", "}],'userId':'u2'") + "," + VIEW + "]");
      assertEquals(1, batch.kept().size());
      assertEquals("is given twice", batch.rejected().getFirst().reason());
    }

    @Test
    void isRefusedWholeWhenItIsNotUsable() {
      for (String text : new String[] {"", "[" + VIEW, "[" + VIEW + "] x", "hello", "{", "[1,"}) {
        var e = assertThrows(InvalidFieldException.class, () -> batch(text), text);
        assertEquals("body", e.field());
      }
    }

    @Test
    void isRefusedWholeWhenItIsNotUtf8ButNotForTheCharacterThatStandsForSuch() {
      byte[] sent = VIEW.replace("i1", "i\uFFFD知").replace('\'', '"').getBytes(UTF_8);
      assertEquals(1, json.readBatch(sent).kept().size());
      byte[] cut = Arrays.copyOf(sent, sent.length);
      for (int i = 0; i < sent.length; i++) {
        if (sent[i] < 0) {
          cut[i] = ' '; // no first byte, or one too few behind it
          var notUtf8 = assertThrows(InvalidFieldException.class, () -> json.readBatch(cut));
          assertEquals("is not UTF-8", notUtf8.reason());
          cut[i] = sent[i];
        }
      }
    }

    @Test
    void isRefusedWhenItNestsTooDeepOrATextIsHuge() {
      String deep = "[".repeat(50_000);
      assertEquals(
          "goes past a limit: more than 16 levels of nesting",
          assertThrows(InvalidFieldException.class, () -> batch(deep)).reason());
      String huge = "{'userId':'" + "x".repeat(200_000) + "'}";
      assertEquals(
          "goes past a limit: a text of more than 100000 characters",
          assertThrows(InvalidFieldException.class, () -> batch(huge)).reason());
    }

    @Test
    void hasAtMostAThousandEntries() {
      assertEquals(1_000, batch((VIEW + "\n").repeat(1_000)).kept().size());
      assertEquals(
          "may have at most 1000 entries",
          assertThrows(InvalidFieldException.class, () -> batch((VIEW + "\n").repeat(1_001)))
              .reason());
    }
  }

  @Nested
  class NamesFromContent {
    @Test
    void numberEqualEventsOfOneImportApartAndRepeatInTheNext() {
      ShopperEvent event = read(VIEW.replace("{'e", "{'eventTime':1795507200,'e"));
      ContentIds first = ContentIds.counting();
      ContentIds second = ContentIds.counting();
      var one = first.named(event).eventId();
      var two = first.named(event).eventId();
      assertNotEquals(one, two);
      assertEquals(one, second.named(event).eventId());
      assertEquals(two, second.named(event).eventId());
    }
  }
}
