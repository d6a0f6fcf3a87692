package io.zhiyin.engine.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ItemJsonTest {
  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  private final ItemJson json = new ItemJson(Clock.fixed(NOW, ZoneOffset.UTC));

  private static JsonNode tree(String text) {
    return ItemJson.tree(text.replace('\'', '"').getBytes(UTF_8));
  }

  private String refusal(String text) {
    return String.valueOf(
        assertThrows(InvalidFieldException.class, () -> json.readPut(tree(text))).getMessage());
  }

  @Nested
  class ADocument {
    @Test
    void keepsEveryFieldThroughReadingAndWriting() {
      String text =
          """
          {"itemId":"i7","title":"指甲油","description":"d","categories":["Beauty > Nails"],\
          "brand":"OPI","price":19.9,"currency":"CNY","stock":12,"available":true,"language":"zh",\
          "imageUrls":["https://x/y.png"],"tags":["red"],"attributes":{"size":"15"},\
          "publishTime":"2026-01-01T00:00:00Z","expireTime":"2027-01-01T00:00:00Z"}""";
      var put = json.readPut(tree(text));
      assertEquals(text, ItemJson.write(put.itemId(), put.fields()).toString());
      assertEquals(NOW, put.eventTime());
    }

    @Test
    void hasTheLevelsOfItsCategoriesPartedOneWay() {
      var put = json.readPut(tree("{'itemId':'i','categories':['Beauty>Nails >  Red']}"));
      assertEquals(List.of("Beauty > Nails > Red"), put.fields().categories());
    }

    @Test
    void underAnAddressNeedsNoIdButMayNotHaveAnother() {
      ItemId id = new ItemId("i7");
      assertEquals(id, json.readPut(id, tree("{'title':'t'}")).itemId());
      assertEquals(id, json.readPut(id, tree("{'itemId':'i7'}")).itemId());
      var e =
          assertThrows(
              InvalidFieldException.class, () -> json.readPut(id, tree("{'itemId':'i8'}")));
      assertEquals("itemId is not the item of the address: i7 (was: i8)", e.getMessage());
    }

    @Test
    void isRefusedByFieldValueAndReason() {
      assertEquals("itemId is required (was: null)", refusal("{'title':'t'}"));
      assertEquals(
          "itle is not a known field; did you mean title? (was: t)",
          refusal("{'itemId':'i','itle':'t'}"));
      assertEquals("stock must be 0 or more (was: -1)", refusal("{'itemId':'i','stock':-1}"));
      assertEquals(
          "currency must be a code such as CNY or EUR (was: yuan)",
          refusal("{'itemId':'i','currency':'yuan'}"));
      assertEquals(
          "imageUrls must start with https://, http:// or / (was: javascript:alert(1))",
          refusal("{'itemId':'i','imageUrls':['javascript:alert(1)']}"));
      assertEquals(
          "categories must not have an empty level (was: A > > B)",
          refusal("{'itemId':'i','categories':['A > > B']}"));
      assertEquals(
          "available must be true or false (was: yes)",
          refusal("{'itemId':'i','available':'yes'}"));
    }
  }

  @Nested
  class AChange {
    @Test
    void ofSomeFieldsLeavesTheOthersUnsaid() {
      var patch = json.readPatch(new ItemId("i7"), tree("{'stock':0,'title':null}"));
      assertEquals(0, patch.fields().stock());
      assertNull(patch.fields().title());
    }

    @Test
    void thatRestoresAnEarlierStateIsAChangeOfItsOwn() {
      ItemId id = new ItemId("i7");
      assertNotEquals(
          json.readPut(id, tree("{'price':1}")).eventId(),
          json.readPut(id, tree("{'price':1}")).eventId());
    }
  }
}
