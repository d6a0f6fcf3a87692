package io.zhiyin.engine.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.EventKind;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MetItemsTest {
  private static MetItems of(int... items) {
    return MetItems.of(History.of(EventKind.DETAIL_PAGE_VIEW, items, new long[items.length]));
  }

  @Test
  void nothingIsMetInAnEmptyHistory() {
    assertEquals(0, MetItems.of(History.EMPTY).size());
    assertFalse(of().contains(0));
    assertFalse(of(-1, -1).contains(-1));
  }

  @Test
  void knowsWhenEachItemWasLastMetAndHowOften() {
    MetItems met = of(3, 5, -1, 3, 8);
    assertEquals(3, met.size());
    int three = met.numberOf(3);
    assertEquals(2, met.steps(three));
    assertEquals(2, met.times(three));
    assertEquals(1, met.steps(met.numberOf(8)));
    assertEquals(4, met.steps(met.numberOf(5)));
    assertFalse(met.contains(4));
  }

  @Test
  void agreesWithLookingThroughTheHistory() {
    SplittableRandom random = new SplittableRandom(1);
    for (int n = 1; n < 500; n += 7) {
      int[] items = random.ints(n, -1, 2 * n).map(i -> i < 0 ? i : i << 10).toArray();
      MetItems met = of(items);
      History history = History.of(EventKind.CLICK, items, new long[n]);
      for (int item = 0; item < 2 * n; item++) {
        assertEquals(history.contains(item << 10), met.contains(item << 10));
      }
      for (int number = 0; number < met.size(); number++) {
        assertTrue(history.contains(met.item(number)));
        assertEquals(number, met.numberOf(met.item(number)));
      }
    }
  }
}
