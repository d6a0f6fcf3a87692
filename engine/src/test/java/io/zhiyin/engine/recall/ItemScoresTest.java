package io.zhiyin.engine.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ItemScoresTest {
  private static Map<Integer, Float> all(ItemScores scores) {
    Map<Integer, Float> all = new TreeMap<>();
    scores.forEach(all::put);
    return all;
  }

  private static List<Integer> best(ItemScores scores, int limit) {
    List<Integer> best = new ArrayList<>();
    scores.offerTo(limit, (item, _) -> best.add(item));
    return best;
  }

  @Test
  void sumUpWhateverRoomWasExpected() {
    for (int expected : new int[] {0, 1, 31, 32, 33, 5_000}) {
      ItemScores scores = new ItemScores().expect(expected);
      for (int item = 0; item < 2_000; item++) {
        scores.add(item, 1);
        scores.add(item, item);
      }
      assertEquals(2_000, scores.size());
      assertEquals(2_000, all(scores).size());
      assertEquals(1_000f, scores.get(999));
      assertEquals(List.of(1_999, 1_998, 1_997), best(scores, 3));
    }
  }

  @Test
  void sayNothingOfBeforeOnceTheyAreUsedAgain() {
    ItemScores scores = new ItemScores();
    for (int before : new int[] {3_000, 10, 200_000, 700}) { // the largest is not kept
      for (int item = 0; item < before; item++) {
        scores.add(item, item);
      }
      scores.bend(0.5);
      best(scores, before);
      scores.clear();
      assertEquals(0, scores.size());
      scores.expect(2).add(7, 4);
      scores.add(5, 9);
      assertEquals(Map.of(5, 9f, 7, 4f), all(scores));
      assertEquals(List.of(5, 7), best(scores, 10));
      assertEquals(0, scores.get(6));
      scores.clear();
    }
  }
}
