package io.zhiyin.engine.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TargetRankTest {
  @Test
  void countsTheItemsWithALargerScore() {
    float[] scores = {0.1f, 0.9f, 0.5f, -1f};
    assertEquals(0, TargetRank.of(scores, 1));
    assertEquals(1, TargetRank.of(scores, 2));
    assertEquals(3, TargetRank.of(scores, 3));
  }

  @Test
  void maskedItemsAreNotInTheRanking() {
    float[] scores = {Float.NEGATIVE_INFINITY, Float.NaN, 0.5f, 0.1f};
    assertEquals(1, TargetRank.of(scores, 3));
    assertEquals(4, TargetRank.of(scores, 0));
    assertEquals(4, TargetRank.of(scores, 1));
  }

  @Test
  void equalScoresGiveEveryPlaceOnce() {
    float[] scores = new float[50];
    int[] ranks = IntStream.range(0, 50).map(item -> TargetRank.of(scores, item)).toArray();
    assertEquals(50, IntStream.of(ranks).distinct().count());
    assertTrue(IntStream.of(ranks).allMatch(rank -> rank < 50));
  }

  @Test
  void equalScoresAreNotInTheOrderOfTheIndex() {
    float[] scores = new float[1000];
    double firstHalf =
        IntStream.range(0, 500).map(item -> TargetRank.of(scores, item)).average().orElseThrow();
    assertEquals(499.5, firstHalf, 40);
  }

  @Test
  void theTopOfARankingHoldsTheItemsInTheOrderOfTheirRanks() {
    float[] scores = {0.5f, Float.NaN, 0.9f, 0.5f, Float.NEGATIVE_INFINITY, 0.1f, 0.5f};
    int[] top = TopOfRanking.of(scores, 10);
    assertEquals(5, top.length);
    for (int place = 0; place < top.length; place++) {
      assertEquals(place, TargetRank.of(scores, top[place]));
    }
    assertArrayEquals(new int[] {2}, TopOfRanking.of(scores, 1));
  }
}
