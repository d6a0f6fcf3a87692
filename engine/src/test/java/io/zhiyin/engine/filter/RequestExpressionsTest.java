package io.zhiyin.engine.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.recommend.Shop;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RequestExpressionsTest {
  private final RequestExpressions expressions = new RequestExpressions();
  private final Shop shop = new Shop();

  private final Item cream =
      item(
          "cream",
          new ItemFields(
              "Hand cream",
              null,
              List.of("Beauty > Hands", "Gifts"),
              "Muji",
              19.9,
              "CNY",
              3,
              true,
              "en",
              null,
              List.of("sale", "vegan"),
              Map.of("colour", "white"),
              null,
              null));
  private final Item bare = item("bare", ItemFields.NONE);

  private Item item(String id, ItemFields fields) {
    return shop.catalog().at(shop.put(id, fields));
  }

  private boolean holds(String text, Item item) {
    return expressions.compile(text).at(Shop.NOW).holds(item);
  }

  @Nested
  class AnExpression {
    @Test
    void readsEveryFieldOfTheItem() {
      for (String text :
          List.of(
              "itemId == 'cream'",
              "title.contains('cream')",
              "categories.exists(c, c.startsWith('Beauty'))",
              "'Gifts' in categories",
              "brand == 'Muji'",
              "price < 20.0 && price > 19.0",
              "stock == 3",
              "'sale' in tags && !('new' in tags)",
              "attributes['colour'] == 'white'",
              "attributes.colour == 'white'",
              "language == 'en'",
              "ageDays == 30.0",
              "title.matches('(?i)HAND.*')")) {
        assertTrue(holds(text, cream), text);
      }
    }

    @Test
    void comparesPricesAndAgesWithWholeNumbers() {
      assertTrue(holds("price < 20 && ageDays > 29 && price >= 19", cream));
    }

    @Test
    void findsEmptyValuesWhereTheItemSaysNothing() {
      for (String text :
          List.of(
              "title == ''",
              "brand == ''",
              "language == ''",
              "categories.size() == 0",
              "tags.size() == 0",
              "attributes.size() == 0",
              "stock > 1000000")) {
        assertTrue(holds(text, bare), text);
      }
    }

    @Test
    void doesNotHoldWhereItDependsOnAPriceThatIsNotKnown() {
      for (String text : List.of("price < 50", "price >= 50", "!(price >= 50)", "price == price")) {
        assertFalse(holds(text, bare), text);
      }
      assertTrue(holds("price < 50 || itemId == 'bare'", bare));
    }

    @Test
    void doesNotHoldForAnItemWithoutTheAttributeThatItReads() {
      assertFalse(holds("attributes['colour'] != 'red'", bare));
      assertTrue(holds("!('colour' in attributes)", bare));
    }

    @Test
    void doesNotHoldForAnItemThatNeedsTooManySteps() {
      String pairs = "tags.all(a, tags.all(b, a + b != ''))";
      assertTrue(holds(pairs, tagged(20)));
      assertFalse(holds(pairs, tagged(100)));
    }

    private Item tagged(int tags) {
      List<String> names = IntStream.range(0, tags).mapToObj(i -> "t" + i).toList();
      return item(
          "tagged" + tags,
          new ItemFields(
              null, null, null, null, null, null, null, null, null, null, names, null, null, null));
    }

    @Test
    void isCompiledOnce() {
      assertSame(expressions.compile("stock > 1"), expressions.compile("stock > 1"));
    }

    @Test
    void thatLoopsTooLongDoesNotHold() {
      Item tagged =
          item(
              "tagged",
              new ItemFields(
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  Collections.nCopies(200, "t"),
                  null,
                  null,
                  null));
      assertFalse(holds("tags.all(a, tags.all(b, a == b))", tagged));
      assertTrue(holds("tags.all(a, a == 't')", tagged));
    }
  }

  @Nested
  class RefusedIs {
    private InvalidFieldException refusal(String text) {
      return assertThrows(InvalidFieldException.class, () -> expressions.compile(text));
    }

    @Test
    void whatIsNoExpressionWithThePlaceOfTheFault() {
      InvalidFieldException e = refusal("price < ");
      assertEquals("filter", e.field());
      assertEquals("price < ", e.value());
      assertTrue(e.reason().startsWith("at line 1, column 9: mismatched input"), e.reason());
    }

    @Test
    void aFieldThatItemsDoNotHave() {
      assertEquals(
          "at line 1, column 14: undeclared reference to 'colour' (in container '')",
          refusal("price > 1 && colour == 'red'").reason());
    }

    @Test
    void aComparisonOfDifferentTypes() {
      assertTrue(
          refusal("brand > 5")
              .reason()
              .startsWith("at line 1, column 7: found no matching overload"));
    }

    @Test
    void whatIsNoCondition() {
      assertEquals(
          "at line 1, column 7: expected type 'bool' but found 'double'",
          refusal("price + 1.0").reason());
    }

    @Test
    void whatIsTooLong() {
      assertEquals(
          "must have at most 2000 characters",
          refusal("brand == '" + "x".repeat(2_000) + "'").reason());
    }

    @Test
    void whatIsNestedTooDeep() {
      assertTrue(
          refusal("(".repeat(300) + "true" + ")".repeat(300)).reason().contains("recursion"));
    }

    @Test
    void anEmptyText() {
      assertEquals("filter", refusal("").field());
    }
  }
}
