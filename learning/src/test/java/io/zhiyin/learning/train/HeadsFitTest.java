package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.pipeline.Head;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rank.Heads;
import io.zhiyin.engine.rank.RankFeature;
import io.zhiyin.learning.dataset.Case;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// What follows on a choice, learned in a shop where ten things cost 10 and ten cost 1000.
class HeadsFitTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final TrainingOptions OPTIONS = TrainingOptions.defaults().withThreads(1);
  private static final int ITEMS = 20;

  private static Catalog catalog() {
    Catalog catalog = new Catalog();
    for (int i = 0; i < ITEMS; i++) {
      ItemFields fields =
          new ItemFields(
              "thing " + i,
              null,
              null,
              null,
              price(i),
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null);
      catalog.apply(
          new CatalogEvent.ItemPut(new EventId("put-" + i), START, new ItemId("i" + i), fields));
    }
    return catalog;
  }

  private static double price(int item) {
    return item % 2 == 0 ? 10 : 1_000;
  }

  /// Shoppers who look at things at random, a day apart, and buy them a minute later with a
  /// probability that hangs on the price.
  private static List<History> histories(int shoppers, DoubleUnaryOperator bought) {
    return histories(5, shoppers, bought);
  }

  private static List<History> histories(long seed, int shoppers, DoubleUnaryOperator bought) {
    SplittableRandom random = new SplittableRandom(seed);
    List<History> histories = new ArrayList<>();
    for (int shopper = 0; shopper < shoppers; shopper++) {
      History history = History.EMPTY;
      for (int day = 0; day < 20; day++) {
        int item = random.nextInt(ITEMS);
        long time = START.plus(Duration.ofDays(day)).toEpochMilli() + shopper;
        history = history.plus(EventKind.DETAIL_PAGE_VIEW, item, time);
        if (random.nextDouble() < bought.applyAsDouble(price(item))) {
          history = history.plus(EventKind.PURCHASE_COMPLETE, item, time + 60_000);
        }
      }
      histories.add(history);
    }
    return histories;
  }

  @Test
  void learnsThatDearThingsAreLookedAtButNotBought() {
    List<History> histories = histories(800, price -> price > 100 ? 0.03 : 0.5);
    Heads heads = HeadsFit.fit(catalog(), histories, 2_000, OPTIONS);
    assertEquals(1, heads.learned().size());
    Heads.Learned purchase = heads.learned().iterator().next();
    assertEquals(Head.PURCHASE, purchase.head());
    Heads.Quality quality = purchase.quality();
    assertTrue(quality.logLoss() < 0.8 * quality.constantLogLoss(), quality.toString());
    assertTrue(quality.brier() < quality.constantBrier(), quality.toString());
    double[] foretold = foretoldByPrice(purchase);
    assertEquals(0.5, foretold[0], 0.08, "what costs 10");
    assertEquals(0.03, foretold[1], 0.04, "what costs 1000");
  }

  /// The mean probability over choices of other shoppers, of what is cheap and of what is dear.
  private static double[] foretoldByPrice(Heads.Learned head) {
    List<History> others = histories(7, 800, price -> price > 100 ? 0.03 : 0.5);
    HeadCases cases = HeadCases.of(catalog(), others, 2_000);
    double[] sums = new double[cases.size()];
    head.trees().add(cases.rows(), cases.size(), RankFeature.COUNT, sums);
    double[] foretold = new double[2];
    int[] n = new int[2];
    for (int i = 0; i < sums.length; i++) {
      int dear = cases.cases().get(i).target() % 2;
      foretold[dear] += 1 / (1 + Math.exp(-sums[i]));
      n[dear]++;
    }
    return new double[] {foretold[0] / n[0], foretold[1] / n[1]};
  }

  @Test
  void leavesAHeadOutThatSaysNoMoreThanAConstant() {
    List<History> histories = histories(800, _ -> 0.3);
    assertTrue(HeadsFit.fit(catalog(), histories, 2_000, OPTIONS).isEmpty());
  }

  @Test
  void leavesAHeadOutThatHasTooLittleToLearnFrom() {
    List<History> histories = histories(150, price -> price > 100 ? 0 : 0.5);
    assertTrue(HeadsFit.fit(catalog(), histories, 2_000, OPTIONS).isEmpty());
  }

  @Test
  void onlyWhatTheSameShopperDidWithTheSameItemInTimeFollows() {
    long hour = Duration.ofHours(1).toMillis();
    History history =
        History.EMPTY
            .plus(EventKind.DETAIL_PAGE_VIEW, 1, 0)
            .plus(EventKind.DETAIL_PAGE_VIEW, 2, hour)
            .plus(EventKind.ADD_TO_CART, 2, 2 * hour)
            .plus(EventKind.ADD_TO_FAVORITES, 1, 3 * hour)
            .plus(EventKind.PURCHASE_COMPLETE, 2, (2 + Heads.WINDOW_HOURS) * hour);
    Case second = new Case(0, history.slice(0, 1), 2, hour);
    assertEquals(Set.of(Head.CART), HeadCases.followed(history, second));
    Case first = new Case(0, History.EMPTY, 1, 0);
    assertEquals(Set.of(Head.FAVOURITE), HeadCases.followed(history, first));
  }

  @Test
  void choicesWhoseWindowIsStillOpenAreNotLookedAt() {
    List<History> histories = histories(50, _ -> 0.5);
    HeadCases cases = HeadCases.of(catalog(), histories, 10_000);
    long last = START.plus(Duration.ofDays(19 - 3)).toEpochMilli() + 60_000 + 50;
    assertTrue(cases.cases().stream().allMatch(c -> c.timeMillis() <= last));
    assertTrue(cases.size() > 0);
  }
}
