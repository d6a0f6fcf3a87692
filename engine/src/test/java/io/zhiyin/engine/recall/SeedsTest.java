package io.zhiyin.engine.recall;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.recommend.Shop;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SeedsTest {
  private static Query query(History history) {
    return new Shop().query("cart", history, 5);
  }

  @Nested
  @DisplayName("The basket")
  class Basket {
    private final History history =
        History.EMPTY
            .plus(EventKind.ADD_TO_CART, 4, 1)
            .plus(EventKind.DETAIL_PAGE_VIEW, 5, 2)
            .plus(EventKind.PURCHASE_COMPLETE, 6, 3)
            .plus(EventKind.ADD_TO_FAVORITES, 7, 4)
            .plus(EventKind.PURCHASE_COMPLETE, 4, 5);

    @Test
    void isThePagesItemBeforeAll() {
      Query query = query(history).withCart(new int[] {2, 3});
      assertArrayEquals(new int[] {9}, Seeds.basket(Shop.onPage(query, 9)));
    }

    @Test
    void isTheCartBeforeWhatWasDone() {
      assertArrayEquals(new int[] {2, 3}, Seeds.basket(query(history).withCart(new int[] {2, 3})));
    }

    @Test
    void isWhatWasPutInCartsOrBoughtOnceEachAndTheOldestFirst() {
      assertArrayEquals(new int[] {4, 6}, Seeds.basket(query(history)));
    }

    @Test
    void isOfTheNewestTenHoweverMuchWasViewedSince() {
      History longer = history; // of its three, the last is among ten
      for (int i = 0; i < 9; i++) {
        longer =
            longer
                .plus(EventKind.ADD_TO_CART, 10 + i / 2, 10)
                .plus(EventKind.DETAIL_PAGE_VIEW, 20 + i, 10);
      }
      assertArrayEquals(new int[] {4, 10, 11, 12, 13, 14}, Seeds.basket(query(longer)));
    }

    @Test
    void mayHoldAnItemThatNobodyKnows() {
      History unknown = history.plus(EventKind.ADD_TO_CART, Vocabulary.UNKNOWN, 6);
      assertArrayEquals(new int[] {4, 6, Vocabulary.UNKNOWN}, Seeds.basket(query(unknown)));
    }

    @Test
    void isEmptyWhereNothingWasPutInACart() {
      assertArrayEquals(new int[0], Seeds.basket(query(History.EMPTY)));
      assertArrayEquals(
          new int[0], Seeds.basket(query(Shop.history(EventKind.DETAIL_PAGE_VIEW, 1, 2))));
    }
  }
}
