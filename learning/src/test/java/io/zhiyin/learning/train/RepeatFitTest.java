package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.model.Repeats;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.MetItems;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RepeatFitTest {
  private static final double[] EVEN = {0, 0, 0};

  /// Item 7 four entries ago and, before, five ago; item 8 two ago; item 9 just now.
  private static MetItems met() {
    int[] items = {7, 7, -1, 8, 9};
    return MetItems.of(History.of(EventKind.DETAIL_PAGE_VIEW, items, new long[items.length]));
  }

  @Test
  void changesNothingWithoutAChoice() {
    assertTrue(new RepeatFit().fit(1).isNone());
    assertTrue(
        new RepeatFit().add(MetItems.of(History.EMPTY), new double[0], 3, -1).fit(1).isNone());
  }

  @Test
  void isAsFarBelowAsTheChoicesSayWhereNobodyComesBack() {
    RepeatFit fit = new RepeatFit();
    for (int i = 0; i < 10_000; i++) {
      fit.add(met(), EVEN, 0, -1);
    }
    Repeats repeats = fit.fit(1);
    for (int number = 0; number < 3; number++) {
      assertTrue(repeats.of(met(), number) < -6, repeats::toString);
    }
  }

  /// Chosen as the formula says with known numbers, it finds these numbers.
  @Test
  void findsTheNumbersThatChoicesWereDrawnWith() {
    SplittableRandom random = new SplittableRandom(1);
    double[] truth = {2, -1, 0.5}; // what is added to the items met 1, 2 and 4 entries ago
    RepeatFit fit = new RepeatFit();
    for (int i = 0; i < 40_000; i++) {
      double[] scores = {random.nextDouble(-2, 2), random.nextDouble(-2, 2), random.nextDouble()};
      double[] weights = new double[3];
      double all = Math.exp(1);
      for (int k = 0; k < 3; k++) {
        weights[k] = Math.exp(scores[k] + truth[k]);
        all += weights[k];
      }
      double drawn = random.nextDouble(all);
      int chosen = -1;
      for (int k = 0; k < 3 && chosen < 0; k++) {
        drawn -= weights[k];
        chosen = drawn < 0 ? k : -1;
      }
      fit.add(met(), scores, 1, chosen);
    }
    Repeats repeats = fit.fit(1);
    for (int k = 0; k < 3; k++) {
      assertEquals(truth[k], repeats.of(met(), k), 0.06);
    }
  }

  @Test
  void speaksInTheMeasureOfTheScores() {
    RepeatFit fit = new RepeatFit().add(met(), EVEN, 0, 1);
    assertEquals(fit.fit(1).of(met(), 1) / 4, fit.fit(4).of(met(), 1), 1e-6);
  }

  @Test
  void leavesOutWhatCannotBeChosen() {
    double[] only = {0, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    RepeatFit fit = new RepeatFit();
    for (int i = 0; i < 100; i++) {
      fit.add(met(), only, 0, 0);
    }
    Repeats repeats = fit.fit(1);
    assertTrue(repeats.of(met(), 0) > 2);
    assertEquals(0, repeats.changes()[Repeats.recency(2)]);
  }

  @Test
  void aLogOfASumKeepsItsPrecisionFarFromZero() {
    assertEquals(1000 + Math.log(2), LogSum.of(new double[] {500, 500, -9e9}, 2), 1e-9);
    assertEquals(Double.NEGATIVE_INFINITY, LogSum.of(new float[0], 1));
  }

  /// Of two items the better is chosen three times in four: log-odds of log 3 for a distance of 5.
  @Test
  void aScaleMakesScoresLogOdds() {
    LogitScale scale = new LogitScale();
    for (int i = 0; i < 4; i++) {
      scale.add(new double[] {5, 0}, i == 0 ? 0 : 5);
    }
    assertEquals(Math.log(3) / 5, scale.fit(), 1e-6);
    assertEquals(1, new LogitScale().fit());
  }
}
