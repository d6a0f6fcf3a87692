package io.zhiyin.engine.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.pipeline.ItemCondition;
import io.zhiyin.engine.recommend.Shop;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ItemVerdictsTest {
  private final Shop shop = new Shop();
  private final Semaphore pages = new Semaphore(2);
  private final ItemVerdicts verdicts = new ItemVerdicts(pages);
  private int evaluated;
  private final ItemCondition cheap =
      item -> {
        evaluated++;
        return item.price() < 20;
      };
  private final ItemCondition remembered = new ItemVerdicts.Remembered(verdicts, cheap);

  private Item priced(String id, double price) {
    ItemFields fields =
        new ItemFields(
            null, null, null, null, price, null, null, null, null, null, null, null, null, null);
    return shop.catalog().at(shop.put(id, fields));
  }

  @Nested
  @DisplayName("What was said of an item")
  class Remembered {
    @Test
    @DisplayName("is evaluated once, whether it held or not")
    void once() {
      List<Item> items = List.of(priced("a", 5), priced("b", 50));
      for (int i = 0; i < 3; i++) {
        assertTrue(remembered.holds(items.get(0)));
        assertFalse(remembered.holds(items.get(1)));
      }
      assertEquals(2, evaluated);
    }

    @Test
    @DisplayName("does not outlive a change of the item, in either direction")
    void changed() {
      assertTrue(remembered.holds(priced("a", 5)));
      assertFalse(remembered.holds(priced("a", 50)));
      assertTrue(remembered.holds(priced("a", 6)));
      assertEquals(3, evaluated);
    }
  }

  @Test
  @DisplayName("An answer belongs to the document that was asked about, however many ask at once")
  void race() {
    ItemCondition condition =
        new ItemVerdicts.Remembered(verdicts, document -> document.price() < 20);
    List<Item> versions = IntStream.range(0, 40).mapToObj(price -> priced("a", price)).toList();
    boolean allRight =
        IntStream.range(0, 200_000)
            .parallel()
            .mapToObj(i -> versions.get(i * 7 % versions.size()))
            .allMatch(version -> condition.holds(version) == version.price() < 20);
    assertTrue(allRight);
  }

  @Nested
  @DisplayName("Pages")
  class Pages {
    private final List<Item> items =
        IntStream.range(0, 3_000).mapToObj(i -> priced("i" + i, i % 40)).toList();

    @Test
    @DisplayName("that are used up leave every answer right, and evaluated each time")
    void usedUp() {
      for (int round = 0; round < 2; round++) {
        for (Item item : items) {
          assertEquals(item.price() < 20, remembered.holds(item));
        }
      }
      assertEquals(0, pages.availablePermits());
      assertEquals(3_000 + (3_000 - 2_048), evaluated);
    }

    @Test
    @DisplayName("come back when the condition is forgotten, and none is taken after that")
    void comeBack() {
      remembered.holds(items.getFirst());
      assertEquals(1, pages.availablePermits());
      verdicts.close();
      assertEquals(2, pages.availablePermits());
      assertTrue(remembered.holds(items.getFirst()));
      assertEquals(2, pages.availablePermits());
    }
  }

  @Test
  @DisplayName("A condition of the clock is never remembered, however often it comes")
  void clock() {
    RequestExpression young = new RequestExpressions().compile("ageDays < 31.0");
    Item item = priced("a", 5);
    for (int i = 0; i < 2 * RequestExpression.OFTEN; i++) {
      assertTrue(young.forRequest(Shop.NOW).holds(item));
      assertFalse(young.forRequest(Shop.NOW.plusSeconds(3 * 86_400)).holds(item));
    }
  }

  @Test
  @DisplayName("A condition that many requests brought says of a changed item what it is now")
  void often() {
    RequestExpression condition = new RequestExpressions().compile("price < 20");
    for (int i = 0; i < 2 * RequestExpression.OFTEN; i++) {
      assertTrue(condition.forRequest(Shop.NOW).holds(priced("a", 5)));
      assertFalse(condition.forRequest(Shop.NOW).holds(priced("a", 25)));
    }
  }
}
