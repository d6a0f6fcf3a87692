package io.zhiyin.engine.recall;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.profile.History;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TransitionIndexTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final Decay STEPS_ONLY = new Decay(1, Duration.ofDays(1), 1);
  private static final Decay NONE = new Decay(0, Duration.ofDays(1), 1);

  /// Window 2, weight 1/steps, backward a half, nothing divided out.
  private static final TransitionSettings PLAIN =
      new TransitionSettings(2, STEPS_ONLY, NONE, 0.5, 0, 0, 10, 3, STEPS_ONLY, 1);

  private static History views(int... items) {
    return typed(EventKind.DETAIL_PAGE_VIEW, items);
  }

  private static History typed(EventKind kind, int... items) {
    return at(kind, 0, 0, items);
  }

  private static History at(EventKind kind, long firstAgoMillis, long stepMillis, int... items) {
    long[] times = new long[items.length];
    for (int i = 0; i < items.length; i++) {
      times[i] = NOW.toEpochMilli() - firstAgoMillis + i * stepMillis;
    }
    return History.of(kind, items, times);
  }

  private static TransitionIndex fit(TransitionSettings settings, History... histories) {
    return TransitionIndex.fit(List.of(histories), NOW, KindWeights.RETAIL, settings);
  }

  private static float strength(TransitionIndex index, int from, int to) {
    var found = index.neighbours(from, 100);
    for (int i = 0; i < found.size(); i++) {
      if (found.item(i) == to) {
        return found.strength(i);
      }
    }
    return 0;
  }

  @Nested
  class Counting {
    @Test
    void givesTheHandWorkedWeights() {
      TransitionIndex index = fit(PLAIN, views(1, 2, 3, 4));
      assertEquals(1f, strength(index, 1, 2));
      assertEquals(0.5f, strength(index, 1, 3));
      assertEquals(0f, strength(index, 1, 4), "outside the window");
      assertEquals(0.5f, strength(index, 2, 1), "backward");
      assertArrayEquals(new int[] {4, 2, 1}, index.neighbours(3, 10).items());
    }

    @Test
    void addsUpOverShoppers() {
      TransitionIndex index = fit(PLAIN, views(1, 2), views(1, 2), views(2, 1));
      assertEquals(2.5f, strength(index, 1, 2));
    }

    @Test
    void takesARunOfEventsWithOneItemAsOneStepOfItsStrongestKind() {
      History walk =
          new History(
              new int[] {1, 1, 1, 2},
              new byte[] {
                EventKind.DETAIL_PAGE_VIEW.code(),
                EventKind.ADD_TO_CART.code(),
                EventKind.PURCHASE_COMPLETE.code(),
                EventKind.DETAIL_PAGE_VIEW.code()
              },
              new long[4],
              new float[4],
              new int[] {0, 1, 2, 3});
      // kinds 4 and 1: √(4·1) = 2
      assertEquals(2f, strength(fit(PLAIN, walk), 1, 2));
    }

    @Test
    void weighsPurchasesOverCartsOverFavouritesOverViews() {
      float previous = 0;
      for (EventKind kind :
          List.of(
              EventKind.DETAIL_PAGE_VIEW,
              EventKind.ADD_TO_FAVORITES,
              EventKind.ADD_TO_CART,
              EventKind.PURCHASE_COMPLETE)) {
        float weight = strength(fit(PLAIN, typed(kind, 1, 2)), 1, 2);
        assertTrue(weight > previous, kind + " weighs " + weight);
        previous = weight;
      }
    }

    @Test
    void leavesOutWhatWasTakenFromTheCart() {
      assertEquals(0, fit(PLAIN, typed(EventKind.REMOVE_FROM_CART, 1, 2)).size());
    }

    @Test
    void letsOldTransitionsFadeToAFloor() {
      Decay age = new Decay(0, Duration.ofDays(10), 0.1);
      TransitionSettings aged =
          new TransitionSettings(2, STEPS_ONLY, age, 0, 0, 0, 10, 3, STEPS_ONLY, 1);
      long day = Duration.ofDays(1).toMillis();
      assertEquals(0.55f, strength(fit(aged, at(EventKind.CLICK, 10 * day, 0, 1, 2)), 1, 2), 1e-6);
      assertEquals(0.1f, strength(fit(aged, at(EventKind.CLICK, 9000 * day, 0, 1, 2)), 1, 2), 1e-6);
    }

    @Test
    void letsAPauseBetweenTwoItemsPartThem() {
      Decay distance = new Decay(0, Duration.ofHours(1), 0);
      TransitionSettings paused =
          new TransitionSettings(2, distance, NONE, 0, 0, 0, 10, 3, STEPS_ONLY, 1);
      long hour = Duration.ofHours(1).toMillis();
      assertEquals(
          0.25f, strength(fit(paused, at(EventKind.CLICK, 9 * hour, 2 * hour, 1, 2)), 1, 2), 1e-6);
    }

    @Test
    void dividesOutWhatEverybodyBuys() {
      TransitionSettings damped =
          new TransitionSettings(2, STEPS_ONLY, NONE, 0, 0, 1, 10, 3, STEPS_ONLY, 1);
      List<History> histories = new ArrayList<>(List.of(views(1, 2), views(1, 3)));
      for (int shopper = 0; shopper < 9; shopper++) {
        histories.add(views(3));
      }
      TransitionIndex index = TransitionIndex.fit(histories, NOW, KindWeights.RETAIL, damped);
      assertArrayEquals(new int[] {2, 3}, index.neighbours(1, 5).items());
    }

    @Test
    void keepsOnlyTheBestOfEachItem() {
      TransitionSettings two =
          new TransitionSettings(2, STEPS_ONLY, NONE, 0, 0, 0, 2, 3, STEPS_ONLY, 1);
      TransitionIndex index =
          fit(two, views(1, 2), views(1, 2), views(1, 3), views(1, 3), views(1, 4));
      assertEquals(2, index.size());
      assertEquals(0f, strength(index, 1, 4));
    }
  }

  @Nested
  class AnyOrderOfShoppers {
    @Test
    void givesTheSameIndexToTheLastBit() {
      Random random = new Random(3);
      List<History> histories = new ArrayList<>();
      for (int shopper = 0; shopper < 200; shopper++) {
        histories.add(views(random.ints(12, 0, 40).toArray()));
      }
      TransitionIndex one = TransitionIndex.fit(histories, NOW);
      Collections.shuffle(histories, random);
      TransitionIndex other = TransitionIndex.fit(histories, NOW);
      for (int item = 0; item < 40; item++) {
        assertArrayEquals(one.neighbours(item, 50).items(), other.neighbours(item, 50).items());
        assertArrayEquals(
            one.neighbours(item, 50).strengths(), other.neighbours(item, 50).strengths());
      }
    }
  }

  @Nested
  class Asking {
    private final TransitionIndex index = fit(PLAIN, views(1, 10), views(2, 20), views(3, 30));

    @Test
    void listensMostToTheNewestItem() {
      List<Integer> offered = new ArrayList<>();
      index.score(views(1, 2, 3), 10, (item, strength) -> offered.add(item));
      assertEquals(List.of(30, 20, 10), offered);
      assertEquals(1 / 3f, index.score(views(1, 2, 3)).get(10), 1e-6);
    }

    @Test
    void bendsTheSumByThePower() {
      TransitionSettings bent =
          new TransitionSettings(2, STEPS_ONLY, NONE, 0, 0, 0, 10, 3, STEPS_ONLY, 0.5);
      History[] nine = new History[9];
      Arrays.fill(nine, views(1, 2));
      assertEquals(3f, fit(bent, nine).score(views(1)).get(2), 1e-6);
    }

    @Test
    void goesOnUntilEnoughWereKept() {
      List<Integer> offered = new ArrayList<>();
      index.score(
          views(1, 2, 3),
          1,
          (item, strength) -> {
            offered.add(item);
            return item == 20;
          });
      assertEquals(List.of(30, 20), offered);
    }

    @Test
    void hearsOnlyTheLastItemsEachOnce() {
      ItemScores scores = index.score(views(1, 2, 2, 3, 2, 3, 9));
      assertEquals(0f, scores.get(10), "1 is the fourth last");
      assertEquals(0.5f, scores.get(30), 1e-6);
    }

    @Test
    void doesNotMindUnknownItemsOrNoHistory() {
      assertEquals(0, index.score(History.EMPTY).size());
      assertEquals(0, index.score(views(99_999, -1)).size());
      assertEquals(0, fit(PLAIN).score(views(1)).size());
      assertEquals(0, fit(PLAIN).neighbours(1, 5).size());
    }
  }

  @Nested
  class BoundedMemory {
    private static final int MOST = 24 * PairSums.PARTS;

    @Test
    void dropsTheLighterPairsAndKeepsWhatKeepsComing() {
      try (PairSums pairs = new PairSums(MOST)) {
        for (int i = 0; i < 100_000; i++) {
          pairs.add(1, 2, 1);
          pairs.add(i + 10, i + 11, 1);
        }
        assertTrue(pairs.size() <= MOST, "holds " + pairs.size());
        assertEquals(100_000, pairs.sum(1, 2));
      }
    }

    @Test
    void ofPairsThatComeOnceTheHeavierStay() {
      try (PairSums pairs = new PairSums(MOST)) {
        Random random = new Random(1);
        int n = 200_000;
        double[] weights = random.doubles(n).toArray();
        for (int i = 0; i < n; i++) {
          pairs.add(i, i + 1, weights[i]);
        }
        assertTrue(pairs.size() > MOST / 4 && pairs.size() <= MOST, "holds " + pairs.size());
        double kept =
            IntStream.range(0, n)
                .filter(i -> pairs.sum(i, i + 1) > 0)
                .mapToDouble(i -> weights[i])
                .average()
                .orElseThrow();
        assertTrue(kept > 0.75, "the mean of all is 0.5, theirs " + kept);
      }
    }
  }
}
