package io.zhiyin.learning.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.Splits;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColdItemsTest {
  private static History walk(int... items) {
    return History.of(
        EventKind.PURCHASE_COMPLETE,
        items,
        IntStream.range(0, items.length).asLongStream().toArray());
  }

  private static ColdItems of(int... items) {
    BitSet set = new BitSet();
    IntStream.of(items).forEach(set::set);
    return new ColdItems(set);
  }

  private static boolean names(List<History> histories, int item) {
    return histories.stream().anyMatch(history -> history.contains(item));
  }

  @Test
  void drawsTheShareBySeed() {
    List<History> histories = List.of(walk(IntStream.range(0, 100).toArray()));
    ColdItems items = ColdItems.draw(histories, 0.05, 1);
    assertEquals(5, items.size());
    assertEquals(items, ColdItems.draw(histories, 0.05, 1));
    assertNotEquals(items, ColdItems.draw(histories, 0.05, 2));
    assertEquals(0, ColdItems.draw(List.of(), 0.05, 1).size());
  }

  @Test
  void nothingThatIsFittedOrChosenByNamesThem() {
    Split split =
        Splits.leaveOneOut(
            List.of(walk(1, 9, 2, 3, 4), walk(5, 6, 9, 7), walk(1, 2, 3, 9), walk(9, 9)));
    Split without = of(9).without(split, false);
    assertFalse(names(without.fit(), 9));
    assertFalse(names(without.refit(), 9));
    assertTrue(without.validation().stream().noneMatch(c -> c.target() == 9));
    assertFalse(names(without.validation().stream().map(Case::before).toList(), 9));
    assertEquals(3, without.fit().size(), "the shopper who knew nothing else is gone");
  }

  @Test
  void asksForThemInTestAndValidation() {
    Split split = Splits.leaveOneOut(List.of(walk(5, 6, 9, 7), walk(1, 2, 3, 9)));
    assertEquals(
        List.of(1, 0), of(9).without(split, false).test().stream().map(Case::user).toList());
    assertEquals(
        List.of(1),
        of(9).without(split, true).test().stream().map(Case::user).toList(),
        "a validation item is fitted when everything but the test is");
  }

  @Test
  void doesNotAskForAnItemThatTheShopperHadBefore() {
    Split split = Splits.leaveOneOut(List.of(walk(9, 1, 2, 9)));
    assertEquals(List.of(), of(9).without(split, false).test());
  }
}
