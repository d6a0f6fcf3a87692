package io.zhiyin.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TopKTest {
  static int[] rows(TopK best) {
    return IntStream.range(0, best.size()).map(best::row).toArray();
  }

  @Nested
  @DisplayName("The best k of a stream")
  class Best {
    @Test
    @DisplayName(
        "come best first, the lower row first among equals, in whatever order they were offered")
    void inOrder() {
      TopK best = new TopK(3);
      float[] scores = {1, 5, 3, 5, 5};
      best.reset(3);
      IntStream.of(0, 1, 2, 3, 4).forEach(row -> best.offer(row, scores[row]));
      assertArrayEquals(new int[] {1, 3, 4}, rows(best.sort()));
      best.reset(3);
      IntStream.of(4, 3, 2, 1, 0).forEach(row -> best.offer(row, scores[row]));
      assertArrayEquals(new int[] {1, 3, 4}, rows(best.sort()));
      assertEquals(5, best.score(0));
    }

    @Test
    @DisplayName("are those of a full sort, for any k")
    void likeSorting() {
      SplittableRandom random = new SplittableRandom(3);
      for (int round = 0; round < 200; round++) {
        int n = random.nextInt(60);
        int k = random.nextInt(70);
        float[] scores = new float[n];
        for (int i = 0; i < n; i++) {
          scores[i] = random.nextInt(10);
        }
        TopK best = new TopK(70).reset(k);
        IntStream.range(0, n).forEach(i -> best.offer(i, scores[i]));
        int[] expected =
            IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .limit(k)
                .mapToInt(i -> i)
                .toArray();
        assertArrayEquals(expected, rows(best.sort()));
      }
    }

    @Test
    @DisplayName("are the same where only the others are cut off")
    void cut() {
      SplittableRandom random = new SplittableRandom(5);
      for (int n : new int[] {0, 5, 60, 61, 5_000}) {
        TopK sorted = new TopK(60).reset(60);
        TopK cut = new TopK(60).reset(60);
        for (int row = 0; row < n; row++) {
          float score = random.nextInt(100);
          sorted.offer(row, score);
          cut.offer(row, score);
        }
        int[] expected = IntStream.of(rows(sorted.sort())).sorted().toArray();
        assertArrayEquals(expected, IntStream.of(rows(cut.cut())).sorted().toArray());
        assertArrayEquals(rows(sorted), rows(cut.sort()));
      }
    }

    @Test
    @DisplayName("never hold NaN, and are none when none are asked for")
    void noneOrNan() {
      TopK best = new TopK(2).reset(2);
      best.offer(0, Float.NaN);
      best.offer(1, Float.NEGATIVE_INFINITY);
      assertArrayEquals(new int[] {1}, rows(best.sort()));
      best.reset(0).offer(0, 1);
      assertEquals(0, best.sort().size());
      assertTrue(best.isFull());
    }

    @Test
    @DisplayName("are at most as many as there is room for")
    void room() {
      assertEquals(
          "k is 4, but this collector holds 0 to 3",
          assertThrows(IllegalArgumentException.class, () -> new TopK(3).reset(4)).getMessage());
    }
  }
}
