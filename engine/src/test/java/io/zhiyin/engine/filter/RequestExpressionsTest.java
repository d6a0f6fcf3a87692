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
  class An_expression {
    @Test
    void reads_every_field_of_the_item() {
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
    void compares_prices_and_ages_with_whole_numbers() {
      assertTrue(holds("price < 20 && ageDays > 29 && price >= 19", cream));
    }

    @Test
    void finds_empty_values_where_the_item_says_nothing() {
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
    void does_not_hold_where_it_depends_on_a_price_that_is_not_known() {
      for (String text : List.of("price < 50", "price >= 50", "!(price >= 50)", "price == price")) {
        assertFalse(holds(text, bare), text);
      }
      assertTrue(holds("price < 50 || itemId == 'bare'", bare));
    }

    @Test
    void does_not_hold_for_an_item_without_the_attribute_that_it_reads() {
      assertFalse(holds("attributes['colour'] != 'red'", bare));
      assertTrue(holds("!('colour' in attributes)", bare));
    }

    @Test
    void is_compiled_once() {
      assertSame(expressions.compile("stock > 1"), expressions.compile("stock > 1"));
    }

    @Test
    void that_loops_too_long_does_not_hold() {
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
  class Refused_is {
    private InvalidFieldException refusal(String text) {
      return assertThrows(InvalidFieldException.class, () -> expressions.compile(text));
    }

    @Test
    void what_is_no_expression_with_the_place_of_the_fault() {
      InvalidFieldException e = refusal("price < ");
      assertEquals("filter", e.field());
      assertEquals("price < ", e.value());
      assertTrue(e.reason().startsWith("at line 1, column 9: mismatched input"), e.reason());
    }

    @Test
    void a_field_that_items_do_not_have() {
      assertEquals(
          "at line 1, column 14: undeclared reference to 'colour' (in container '')",
          refusal("price > 1 && colour == 'red'").reason());
    }

    @Test
    void a_comparison_of_different_types() {
      assertTrue(
          refusal("brand > 5")
              .reason()
              .startsWith("at line 1, column 7: found no matching overload"));
    }

    @Test
    void what_is_no_condition() {
      assertEquals(
          "at line 1, column 7: expected type 'bool' but found 'double'",
          refusal("price + 1.0").reason());
    }

    @Test
    void what_is_too_long() {
      assertEquals(
          "must have at most 2000 characters",
          refusal("brand == '" + "x".repeat(2_000) + "'").reason());
    }

    @Test
    void what_is_nested_too_deep() {
      assertTrue(
          refusal("(".repeat(300) + "true" + ")".repeat(300)).reason().contains("recursion"));
    }

    @Test
    void an_empty_text() {
      assertEquals("filter", refusal("").field());
    }
  }
}
