package io.zhiyin.kernel.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.kernel.vector.ByteRows;
import io.zhiyin.kernel.vector.FloatRows;
import io.zhiyin.kernel.vector.Kernels;
import io.zhiyin.kernel.vector.TopK;
import java.lang.management.ManagementFactory;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class QuantisedIndexTest {
  private static int[] rows(TopK best) {
    return IntStream.range(0, best.size()).map(best::row).toArray();
  }

  private static float[] numbers(SplittableRandom random, int length) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  @Nested
  @DisplayName("A search")
  class Search {
    private final float[] vectors = {1, 0, 0, 1, 1, 1, -1, 0};
    private final QuantisedIndex index = QuantisedIndex.of(2, vectors);
    private final TopK best = new TopK(10);

    @Test
    @DisplayName("ranks by inner product, with exact scores, and breaks ties by row")
    void ranks() {
      index.search(new float[] {2, 1.1f}, 3, best);
      assertArrayEquals(new int[] {2, 0, 1}, rows(best));
      assertEquals(3.1f, best.score(0));
      index.search(new float[] {1, 1}, 3, best);
      assertArrayEquals(new int[] {2, 0, 1}, rows(best));
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
    @DisplayName("gives all rows when more are asked for, and none when none are or there are none")
    void moreThanThereAre() {
      index.search(new float[] {2, 1}, 10, best);
      assertEquals(4, best.size());
      index.search(new float[] {2, 1}, 0, best);
      assertEquals(0, best.size());
      QuantisedIndex.of(2, new float[0]).search(new float[] {2, 1}, 3, best);
      assertEquals(0, best.size());
    }

    @Test
    @DisplayName("leaves out rows that are not finite, and finds nothing for a query that is not")
    void notFinite() {
      float[] damaged = vectors.clone();
      damaged[4] = Float.NaN;
      damaged[0] = Float.NEGATIVE_INFINITY;
      QuantisedIndex.of(2, damaged).search(new float[] {2, 1}, 4, best);
      assertArrayEquals(new int[] {1, 3}, rows(best));
      index.search(new float[] {Float.NaN, 1}, 4, best);
      assertEquals(0, best.size());
    }

    @Test
    @DisplayName("refuses a query of another length and rows that are not there")
    void refuses() {
      assertEquals(
          "the query has 3 numbers, the index's vectors have 2",
          assertThrows(IllegalArgumentException.class, () -> index.search(new float[3], 1, best))
              .getMessage());
      assertThrows(
          IllegalArgumentException.class,
          () -> new QuantisedIndex(5, new ByteRows(2, 5), FloatRows.of(2, new float[8])));
    }
  }

  @Nested
  @DisplayName("Beside the exact index")
  class BesideExact {
    @Test
    @DisplayName("it finds at least 99 of the best 100 of random rows, on both twins the same")
    void recall() {
      SplittableRandom random = new SplittableRandom(7);
      for (int size : new int[] {5, 64}) {
        int n = 9_001;
        float[] vectors = numbers(random, n * size);
        ByteRows bytes = new ByteRows(size, n);
        IntStream.range(0, n).forEach(row -> bytes.set(row, vectors, row * size));
        ExactIndex exact = new ExactIndex(size, n, vectors);
        int found = 0;
        for (int round = 0; round < 20; round++) {
          float[] query = numbers(random, size);
          TopK best = new TopK(100);
          exact.search(query, 100, best);
          BitSet expected = new BitSet();
          IntStream.of(rows(best)).forEach(expected::set);
          new QuantisedIndex(n, bytes, FloatRows.of(size, vectors)).search(query, 100, best);
          found += (int) IntStream.of(rows(best)).filter(expected::get).count();
          int[] simd = rows(best);
          new QuantisedIndex(Kernels.scalar(), n, bytes, FloatRows.of(size, vectors))
              .search(query, 100, best);
          assertArrayEquals(simd, rows(best));
        }
        assertTrue(found >= 20 * 99, found + " of 2000 at size " + size);
      }
    }

    @Test
    @DisplayName("rows set after others were searched are found, in a copy with more room too")
    void grows() {
      ByteRows bytes = new ByteRows(2, 3);
      float[] vectors = new float[100];
      TopK best = new TopK(2);
      for (int row = 0; row < 3; row++) {
        vectors[2 * row] = row + 1;
        bytes.set(row, vectors, 2 * row);
        new QuantisedIndex(row + 1, bytes, FloatRows.of(2, vectors))
            .search(new float[] {1, 0}, 1, best);
        assertEquals(row, best.row(0));
      }
      ByteRows larger = bytes.withCapacity(50);
      vectors[98] = 9;
      larger.set(49, vectors, 98);
      new QuantisedIndex(50, larger, FloatRows.of(2, vectors)).search(new float[] {1, 0}, 2, best);
      assertArrayEquals(new int[] {49, 2}, rows(best));
    }
  }

  @Test
  @DisplayName("A rounded row is off by at most half of its largest number / 127")
  void rounding() {
    SplittableRandom random = new SplittableRandom(2);
    float[] vectors = numbers(random, 70 * 13);
    ByteRows bytes = new ByteRows(13, 70);
    for (int row = 0; row < 70; row++) {
      bytes.set(row, vectors, row * 13);
    }
    for (int row = 0; row < 70; row++) {
      float largest = 0;
      for (int i = 0; i < 13; i++) {
        largest = Math.max(largest, Math.abs(vectors[row * 13 + i]));
      }
      float[] rounded = bytes.get(row);
      for (int i = 0; i < 13; i++) {
        assertEquals(vectors[row * 13 + i], rounded[i], largest / 253);
      }
    }
  }

  @Test
  @DisplayName("A search with the caller's room allocates nothing once it is compiled")
  void allocatesNothing() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    SplittableRandom random = new SplittableRandom(1);
    QuantisedIndex index = QuantisedIndex.of(64, numbers(random, 64 * 5000));
    float[] query = numbers(random, 64);
    TopK best = new TopK(100);
    SearchRoom room = new SearchRoom();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 300 && least > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 20; i++) {
        index.search(query, 100, row -> row % 2 == 0, best, room);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertEquals(0, least, "bytes allocated by the leanest 20 searches");
  }

  @Test
  @DisplayName("The room of a search for very many rows is not kept")
  void roomIsBounded() {
    int rows = SearchRoom.MOST_KEPT + 1000;
    QuantisedIndex index = QuantisedIndex.of(4, numbers(new SplittableRandom(2), 4 * rows));
    SearchRoom room = new SearchRoom();
    TopK best = new TopK(rows);
    index.search(new float[] {1, 2, 3, 4}, 100, _ -> true, best, room);
    int kept = room.kept();
    index.search(new float[] {1, 2, 3, 4}, rows, _ -> true, best, room);
    assertEquals(rows, best.size());
    assertEquals(kept, room.kept());
  }
}
