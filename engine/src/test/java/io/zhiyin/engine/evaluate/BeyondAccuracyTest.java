package io.zhiyin.engine.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BeyondAccuracyTest {
  @Nested
  class CoverageOfTheCatalogue {
    @Test
    void countsEachShownItemOnce() {
      assertEquals(0.3, new Coverage(10).of(List.of(new int[] {1, 2}, new int[] {2, 5})));
    }

    @Test
    void isZeroWithoutListsOrItems() {
      assertEquals(0, new Coverage(10).of(List.of()));
      assertEquals(0, new Coverage(0).of(List.of()));
    }
  }

  @Nested
  class DiversityWithinAList {
    private final IntraListDiversity byParity =
        new IntraListDiversity((a, b) -> a % 2 == b % 2 ? 1 : 0.25);

    @Test
    void isTheMeanDifferenceOfAllPairs() {
      // pairs (1,3) alike, (1,2) and (3,2) differ by 0.75
      assertEquals(0.5, byParity.of(new int[] {1, 3, 2}), 1e-12);
    }

    @Test
    void isZeroForOneItemOrNone() {
      assertEquals(0, byParity.of(new int[] {1}));
      assertEquals(0, byParity.of(new int[0]));
    }
  }

  @Nested
  class NoveltyOfAList {
    private final Novelty novelty = new Novelty(new long[] {8, 4, 2, 2, 0});

    @Test
    void isTheMeanSurpriseInBits() {
      // shares 1/2 and 1/8: 1 and 3 bits
      assertEquals(2, novelty.of(new int[] {0, 2}), 1e-12);
    }

    @Test
    void takesAnItemWithoutEventsAsSeenOnce() {
      assertEquals(4, novelty.of(new int[] {4}), 1e-12);
      assertEquals(4, novelty.of(new int[] {99}), 1e-12);
    }

    @Test
    void isZeroForAnEmptyList() {
      assertEquals(0, novelty.of(new int[0]));
    }
  }

  @Nested
  class ConcentrationOfWhatIsShown {
    @Test
    void isZeroWhenAllItemsAreShownAlike() {
      assertEquals(0, Gini.of(new long[] {3, 3, 3}), 1e-12);
    }

    @Test
    void comesCloseToOneWhenOneItemIsShownAlways() {
      // (2·4 - 4 - 1) · 8 / (4 · 8)
      assertEquals(0.75, Gini.of(new long[] {0, 8, 0, 0}), 1e-12);
    }

    @Test
    void weighsWhatLiesBetween() {
      // (-2·1 + 0·2 + 2·6) / (3 · 9)
      assertEquals(10 / 27.0, Gini.of(new long[] {6, 1, 2}), 1e-12);
    }

    @Test
    void isZeroWhenNothingIsShown() {
      assertEquals(0, Gini.of(new long[5]));
      assertEquals(0, Gini.of(new long[0]));
    }
  }

  @Nested
  class PopularityOfAnItem {
    private final PopularityPercentile percentile =
        new PopularityPercentile(new long[] {0, 5, 5, 9});

    @Test
    void isTheShareOfItemsBelowAndHalfOfItsEquals() {
      assertEquals(0.125, percentile.of(0));
      assertEquals(0.5, percentile.of(1));
      assertEquals(0.5, percentile.of(2));
      assertEquals(0.875, percentile.of(3));
    }

    @Test
    void takesAnItemBeyondTheCountsAsUntouched() {
      assertEquals(0.125, percentile.of(77));
    }

    @Test
    void isAveragedOverAList() {
      assertEquals(0.6875, percentile.mean(new int[] {1, 3}));
      assertEquals(0, percentile.mean(new int[0]));
    }
  }

  @Nested
  class CalibrationOfTheCategoryMix {
    @Test
    void isZeroForTheSameMix() {
      assertEquals(0, Calibration.STECK.divergence(Map.of(1, 7, 2, 3), Map.of(1, 14, 2, 6)), 1e-12);
    }

    @Test
    void addsTheSurpriseOfEachCategory() {
      // 0.5 ln(0.5 / (0.9 · 0.75 + 0.05)) + 0.5 ln(0.5 / (0.9 · 0.25 + 0.05))
      assertEquals(
          0.5 * Math.log(0.5 / 0.725) + 0.5 * Math.log(0.5 / 0.275),
          new Calibration(0.1).divergence(Map.of(1, 2, 2, 2), Map.of(1, 3, 2, 1)),
          1e-12);
    }

    @Test
    void isFiniteWhereTheListLacksTheShoppersOnlyCategory() {
      assertEquals(Math.log(100), Calibration.STECK.divergence(Map.of(1, 4), Map.of(2, 10)), 1e-12);
    }

    @Test
    void isNoNumberWithoutAMix() {
      assertTrue(Double.isNaN(Calibration.STECK.divergence(Map.of(), Map.of(1, 1))));
      assertTrue(Double.isNaN(Calibration.STECK.divergence(Map.of(1, 1), Map.of())));
    }

    @Test
    void refusesASmoothingThatDividesByZero() {
      assertThrows(IllegalArgumentException.class, () -> new Calibration(0));
      assertThrows(IllegalArgumentException.class, () -> new Calibration(Double.NaN));
    }
  }
}
