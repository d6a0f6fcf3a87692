package io.zhiyin.kernel.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhiyin.kernel.vector.Kernels;
import io.zhiyin.kernel.vector.TopK;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactIndexTest {
  private static int[] rows(TopK best) {
    return IntStream.range(0, best.size()).map(best::row).toArray();
  }

  private static float[] numbers(SplittableRandom random, int length) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = random.nextInt(-8, 9) / 8f; // sums of these are exact, so that ties are ties
    }
    return x;
  }

  @Nested
  @DisplayName("A search")
  class Search {
    private final float[] vectors = {1, 0, 0, 1, 1, 1, -1, 0};
    private final ExactIndex index = new ExactIndex(2, 4, vectors);
    private final TopK best = new TopK(10);

    @Test
    @DisplayName("ranks by inner product")
    void ranks() {
      index.search(new float[] {2, 1}, 3, best);
      assertArrayEquals(new int[] {2, 0, 1}, rows(best));
      assertArrayEquals(
          new float[] {3, 2, 1}, new float[] {best.score(0), best.score(1), best.score(2)});
    }

    @Test
    @DisplayName("leaves out rows that do not pass the filter")
    void filters() {
      index.search(new float[] {2, 1}, 3, row -> row != 2, best);
      assertArrayEquals(new int[] {0, 1, 3}, rows(best));
      index.search(new float[] {2, 1}, 3, row -> false, best);
      assertEquals(0, best.size());
    }

    @Test
    @DisplayName("gives all rows when more are asked for, and none when none are")
    void moreThanThereAre() {
      index.search(new float[] {2, 1}, 10, best);
      assertArrayEquals(new int[] {2, 0, 1, 3}, rows(best));
      index.search(new float[] {2, 1}, 0, best);
      assertEquals(0, best.size());
      new ExactIndex(2, 0, new float[0]).search(new float[] {2, 1}, 3, best);
      assertEquals(0, best.size());
    }

    @Test
    @DisplayName("leaves out rows that score NaN and keeps those that score minus infinity")
    void notANumber() {
      vectors[4] = Float.NaN;
      vectors[0] = Float.NEGATIVE_INFINITY;
      index.search(new float[] {2, 1}, 4, best);
      assertArrayEquals(new int[] {1, 3, 0}, rows(best));
    }

    @Test
    @DisplayName("refuses a query of another length and a matrix that is not whole")
    void refuses() {
      assertEquals(
          "the query has 3 numbers, the index's vectors have 2",
          assertThrows(IllegalArgumentException.class, () -> index.search(new float[3], 1, best))
              .getMessage());
      assertEquals(
          "5 numbers are no rows of 3 each",
          assertThrows(IllegalArgumentException.class, () -> new ExactIndex(3, 2, new float[5]))
              .getMessage());
    }
  }

  @Nested
  @DisplayName("The two twins")
  class Twins {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 8, 9, 17, 31, 64, 65})
    @DisplayName("find the same rows, ties included, as a full sort does")
    void agree(int size) {
      SplittableRandom random = new SplittableRandom(size);
      for (int n : new int[] {1, 5, 511, 512, 513, 1300}) {
        float[] vectors = numbers(random, n * size);
        float[] query = numbers(random, size);
        TopK best = new TopK(100);
        new ExactIndex(Kernels.scalar(), size, n, vectors).search(query, 100, best);
        int[] scalar = rows(best);
        new ExactIndex(Kernels.simd().orElseThrow(), size, n, vectors).search(query, 100, best);
        assertArrayEquals(scalar, rows(best), "n=" + n);
        assertArrayEquals(sorted(size, n, vectors, query), scalar, "n=" + n);
      }
    }

    private int[] sorted(int size, int n, float[] vectors, float[] query) {
      TopK all = new TopK(n).reset(n);
      for (int row = 0; row < n; row++) {
        all.offer(row, Kernels.scalar().dot(query, 0, vectors, row * size, size));
      }
      return IntStream.range(0, Math.min(100, n)).map(all.sort()::row).toArray();
    }
  }

  @Test
  @DisplayName("Many queries at once find what each finds by itself, on both twins")
  void together() {
    SplittableRandom random = new SplittableRandom(6);
    for (int size : new int[] {1, 7, 64}) {
      for (int n : new int[] {0, 5, 1300}) {
        float[] vectors = numbers(random, n * size);
        int count = 101;
        float[] queries = numbers(random, count * size);
        for (Kernels kernels : new Kernels[] {Kernels.scalar(), Kernels.simd().orElseThrow()}) {
          ExactIndex index = new ExactIndex(kernels, size, n, vectors);
          TopK[] together = new TopK[count];
          Arrays.setAll(together, _ -> new TopK(30));
          index.searchAll(queries, count, 30, row -> row % 3 > 0, together);
          TopK best = new TopK(30);
          for (int q = 0; q < count; q++) {
            float[] query = Arrays.copyOfRange(queries, q * size, (q + 1) * size);
            index.search(query, 30, row -> row % 3 > 0, best);
            assertArrayEquals(rows(best), rows(together[q]), "query " + q);
          }
        }
      }
    }
    ExactIndex index = new ExactIndex(2, 1, new float[2]);
    assertThrows(
        IllegalArgumentException.class,
        () -> index.searchAll(new float[3], 2, 1, row -> true, new TopK[2]));
  }

  @Test
  @DisplayName("A search with the caller's room allocates nothing once it is compiled")
  void allocatesNothing() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    SplittableRandom random = new SplittableRandom(1);
    ExactIndex index = new ExactIndex(64, 5000, numbers(random, 64 * 5000));
    float[] query = numbers(random, 64);
    TopK best = new TopK(100);
    SearchRoom room = new SearchRoom();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 200 && least > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 20; i++) {
        index.search(query, 100, row -> row % 2 == 0, best, room);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertEquals(0, least, "bytes allocated by the leanest 20 searches");
  }
}
