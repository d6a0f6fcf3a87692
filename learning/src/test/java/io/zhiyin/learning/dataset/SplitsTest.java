package io.zhiyin.learning.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.SyntheticShop;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SplitsTest {
  private static History views(int... items) {
    long[] times = new long[items.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = 1_000L * (i + 1);
    }
    return History.of(EventKind.DETAIL_PAGE_VIEW, items, times);
  }

  @Nested
  class ATarget {
    @Test
    void isTheFirstEntryOfARunOfOneItemAndWeighsAsMuchAsItsStrongest() {
      History history =
          new History(
              new int[] {7, 7, 8, 7},
              new byte[] {
                EventKind.DETAIL_PAGE_VIEW.code(),
                EventKind.PURCHASE_COMPLETE.code(),
                EventKind.DETAIL_PAGE_VIEW.code(),
                EventKind.ADD_TO_CART.code()
              },
              new long[] {1, 2, 3, 4},
              new float[4],
              new int[] {0, 1, 2, 3});
      Targets targets = Targets.of(history);
      assertEquals(3, targets.size());
      assertEquals(0, targets.position(0));
      assertEquals(3, targets.weight(0));
      assertEquals(2, targets.position(1));
      assertEquals(1, targets.weight(1));
      assertEquals(2, targets.weight(2));
    }

    @Test
    void isNeverWhatWasTakenOutOfTheCart() {
      History history =
          new History(
              new int[] {7, 8, 7},
              new byte[] {
                EventKind.ADD_TO_CART.code(),
                EventKind.REMOVE_FROM_CART.code(),
                EventKind.DETAIL_PAGE_VIEW.code()
              },
              new long[] {1, 2, 3},
              new float[3],
              new int[] {0, 1, 2});
      assertEquals(1, Targets.of(history).size());
    }
  }

  @Nested
  class LeaveOneOutChapter {
    @Test
    void asksForTheLastItemAndValidatesWithTheOneBefore() {
      Split split = Splits.leaveOneOut(List.of(views(1, 2, 3, 4), views(5, 6)));
      assertEquals(1, split.test().size());
      assertEquals(4, split.test().getFirst().target());
      assertEquals(3, split.test().getFirst().before().size());
      assertEquals(3, split.validation().getFirst().target());
      assertEquals(2, split.fit().getFirst().size());
      assertEquals(2, split.fit().get(1).size(), "a shopper with two items is only fitted");
    }

    @Test
    void neverLetsATestOrValidationItemIntoWhatIsFitted() {
      // each item occurs once in all data, so any trace of an asked item is a leak
      List<History> histories =
          java.util.stream.IntStream.range(0, 50)
              .mapToObj(u -> views(4 * u, 4 * u + 1, 4 * u + 2, 4 * u + 3))
              .toList();
      Split split = Splits.leaveOneOut(histories);
      for (History fitted : split.fit()) {
        for (Case question : split.validation()) {
          assertFalse(fitted.contains(question.target()));
        }
        for (Case question : split.test()) {
          assertFalse(fitted.contains(question.target()));
        }
      }
      for (History fitted : split.refit()) {
        for (Case question : split.test()) {
          assertFalse(fitted.contains(question.target()));
        }
      }
    }
  }

  @Nested
  class ATimeSplit {
    @Test
    void fitsNothingAtOrAfterTheFirstQuestion() {
      ShopData shop = SyntheticShop.ring(20, 30, 12, 3);
      List<History> shifted =
          java.util.stream.IntStream.range(0, 30)
              .mapToObj(u -> later(shop.histories().get(u), u * 100_000L))
              .toList();
      Split split = Splits.timeSplit(shifted, 0.1);
      long firstValidation =
          split.validation().stream().mapToLong(Case::timeMillis).min().orElseThrow();
      long firstTest = split.test().stream().mapToLong(Case::timeMillis).min().orElseThrow();
      assertTrue(firstValidation <= firstTest);
      for (History fitted : split.fit()) {
        assertTrue(fitted.timeMillis(fitted.size() - 1) < firstValidation);
      }
      for (History fitted : split.refit()) {
        assertTrue(fitted.timeMillis(fitted.size() - 1) < firstTest);
      }
      for (Case question : split.test()) {
        History before = question.before();
        assertTrue(before.timeMillis(before.size() - 1) <= question.timeMillis());
      }
    }

    private History later(History history, long millis) {
      int n = history.size();
      int[] items = new int[n];
      long[] times = new long[n];
      for (int i = 0; i < n; i++) {
        items[i] = history.item(i);
        times[i] = history.timeMillis(i) + millis;
      }
      return History.of(EventKind.DETAIL_PAGE_VIEW, items, times);
    }
  }

  @Nested
  class BatchesOfOnePass {
    @Test
    void holdEveryTargetOnceAndAreTheSameForTheSameSeed() {
      ShopData shop = SyntheticShop.ring(20, 15, 23, 5);
      ItemRows rows = ItemRows.of(shop.histories());
      List<TypedSequence> sequences =
          shop.histories().stream()
              .map(h -> TypedSequence.of(h, rows, io.zhiyin.engine.model.EventTypes.engagements()))
              .toList();
      Batches batches = new Batches(sequences, 10, 4, 24, 1);
      int targets =
          batches.pass(0).stream().mapToInt(w -> batches.arrays(w).targets().length).sum();
      int all = shop.histories().stream().mapToInt(h -> Targets.of(h).size() - 1).sum();
      assertEquals(all, targets);
      assertArrayEquals(
          batches.arrays(batches.pass(2).get(1)).items(),
          new Batches(sequences, 10, 4, 24, 1).arrays(batches.pass(2).get(1)).items());
    }
  }
}
