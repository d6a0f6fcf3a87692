package io.zhiyin.engine.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
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
}
