package io.zhiyin.engine.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RankingMetricTest {
  private static final int[] LIST = {7, 3, 9, 4};
  private static final List<RankingMetric> ALL =
      List.of(new RecallAt(3), new HitRate(3), new Ndcg(3), new Mrr(3));

  @Nested
  class OfAHandWorkedList {
    @Test
    void recallIsTheFoundPartOfWhatWasRight() {
      assertEquals(0.5, new RecallAt(3).of(LIST, new int[] {3, 4}));
      assertEquals(1.0, new RecallAt(4).of(LIST, new int[] {3, 4}));
    }

    @Test
    void hitRateAsksForOneOnly() {
      assertEquals(1.0, new HitRate(3).of(LIST, new int[] {3, 4}));
      assertEquals(0.0, new HitRate(1).of(LIST, new int[] {3, 4}));
    }

    @Test
    void ndcgDiscountsByTheLogarithmOfThePlace() {
      // right at places 1 and 3 (from 0): (1/log2 3 + 1/log2 5) / (1/log2 2 + 1/log2 3)
      double gain = 1 / 1.5849625 + 1 / 2.3219281;
      double best = 1 + 1 / 1.5849625;
      assertEquals(gain / best, new Ndcg(4).of(LIST, new int[] {4, 3}), 1e-7);
    }

    @Test
    void ndcgOfAPerfectListIsOneThoughMoreIsRightThanFits() {
      assertEquals(1.0, new Ndcg(2).of(LIST, new int[] {7, 3, 9}), 1e-12);
    }

    @Test
    void reciprocalRankLooksAtTheFirstRightItem() {
      assertEquals(0.5, new Mrr(4).of(LIST, new int[] {4, 3}));
      assertEquals(0.0, new Mrr(2).of(LIST, new int[] {9}));
    }
  }

  @Nested
  class WithOneRightItem {
    @Test
    void theRankAloneGivesTheSameAsTheList() {
      for (RankingMetric metric : ALL) {
        for (int rank = 0; rank < LIST.length; rank++) {
          double byList = metric.of(LIST, new int[] {LIST[rank]});
          assertEquals(byList, metric.ofRank(rank), 1e-12, metric.name() + " at " + rank);
        }
      }
    }

    @Test
    void ndcgOfTheThirdPlaceIsOneHalf() {
      assertEquals(0.5, new Ndcg(10).ofRank(2), 1e-12);
    }
  }

  @Nested
  class AtTheEdges {
    @Test
    void nothingRightOrNothingShownIsZero() {
      for (RankingMetric metric : ALL) {
        assertEquals(0.0, metric.of(LIST, new int[0]), metric.name());
        assertEquals(0.0, metric.of(new int[0], new int[] {1}), metric.name());
      }
    }

    @Test
    void namesCarryTheCutOff() {
      assertEquals(
          List.of("recall@3", "hitrate@3", "ndcg@3", "mrr@3"),
          ALL.stream().map(RankingMetric::name).toList());
    }

    @Test
    void aCutOffBelowOneIsRefused() {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> new RecallAt(0));
      assertEquals("the cut-off must be 1 or more, not 0", e.getMessage());
    }
  }
}
