package io.zhiyin.learning.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhiyin.engine.evaluate.Bootstrap;
import io.zhiyin.engine.evaluate.Estimate;
import org.junit.jupiter.api.Test;

class SliceTest {
  private static Slice.Accuracy of(int... ranks) {
    return Slice.Accuracy.of(ranks, 10, new Bootstrap(1));
  }

  @Test
  void theAccuracyOfRanksIsTheirMean() {
    Slice.Accuracy accuracy = of(0, 2, 10, 99);
    assertEquals(0.5, accuracy.recall().mean(), 1e-12);
    // 1 for the first place, 1 / log2(4) for the third
    assertEquals(1.5 / 4, accuracy.ndcg().mean(), 1e-12);
  }

  @Test
  void fewCasesWithoutAHitDoNotMeanThatThereNeverIsOne() {
    Slice.Accuracy accuracy = of(50, 60, 70);
    assertEquals(0, accuracy.ndcg().mean());
    assertEquals(0, accuracy.ndcg().ci95().low());
    assertEquals(accuracy.recall().ci95().high(), accuracy.ndcg().ci95().high());
  }

  @Test
  void noCasesGiveNothing() {
    assertEquals(Estimate.NONE.mean(), of().ndcg().mean());
    assertEquals(0, of().recall().n());
  }
}
