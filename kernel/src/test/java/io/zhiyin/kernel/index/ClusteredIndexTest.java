package io.zhiyin.kernel.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.kernel.vector.ByteRows;
import io.zhiyin.kernel.vector.FloatRows;
import io.zhiyin.kernel.vector.Kernels;
import io.zhiyin.kernel.vector.TopK;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClusteredIndexTest {
  private static final int SIZE = 16;
  private static final int KINDS = 40;
  private static final int K = 50;

  private final SplittableRandom random = new SplittableRandom(3);
  private final float[] kinds = numbers(KINDS * SIZE, 1);

  private float[] numbers(int length, double scale) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = (float) (scale * random.nextGaussian());
    }
    return x;
  }

  /// Items of some kinds, each near its kind.
  private float[] items(int n) {
    float[] vectors = numbers(n * SIZE, 0.3);
    for (int row = 0; row < n; row++) {
      for (int i = 0; i < SIZE; i++) {
        vectors[row * SIZE + i] += kinds[row % KINDS * SIZE + i];
      }
    }
    return vectors;
  }

  /// Shoppers who like a kind and something of another.
  private List<float[]> shoppers(int n) {
    List<float[]> shoppers = new ArrayList<>();
    for (int shopper = 0; shopper < n; shopper++) {
      float[] query = numbers(SIZE, 0.3);
      int one = random.nextInt(KINDS) * SIZE;
      int other = random.nextInt(KINDS) * SIZE;
      for (int i = 0; i < SIZE; i++) {
        query[i] += kinds[one + i] + 0.5f * kinds[other + i];
      }
      shoppers.add(query);
    }
    return shoppers;
  }

  private static ByteRows rounded(float[] vectors) {
    int rows = vectors.length / SIZE;
    ByteRows bytes = new ByteRows(SIZE, rows);
    IntStream.range(0, rows).forEach(row -> bytes.set(row, vectors, row * SIZE));
    return bytes;
  }

  private static Clusters clusters(float[] vectors) {
    return Clusters.of(vectors.length / SIZE, FloatRows.of(SIZE, vectors), _ -> true);
  }

  private static ClusteredIndex index(
      Clusters clusters, double share, BitSet changed, float[] vectors) {
    FloatRows rows = FloatRows.of(SIZE, vectors);
    return new ClusteredIndex(clusters, share, K, changed, rows.capacity(), rounded(vectors), rows);
  }

  private static int[] rows(TopK best) {
    return IntStream.range(0, best.size()).map(best::row).toArray();
  }

  private static int[] best(VectorIndex index, float[] query, int k) {
    TopK best = new TopK(k);
    index.search(query, k, best);
    return rows(best);
  }

  @Nested
  @DisplayName("Beside the exact index")
  class BesideExact {
    private final float[] vectors = items(20_000);
    private final Clusters clusters = clusters(vectors);
    private final ExactIndex exact = new ExactIndex(SIZE, 20_000, vectors);

    @Test
    @DisplayName("reads a small share of the rows and finds 98 of the best 100 of other shoppers")
    void recall() {
      double share = clusters.shareToRead(exact, shoppers(60), K, 0.99);
      assertTrue(share < 0.2, "must read " + share);
      ClusteredIndex index = index(clusters, share, new BitSet(), vectors);
      int found = 0;
      for (float[] query : shoppers(100)) {
        BitSet expected = new BitSet();
        IntStream.of(best(exact, query, K)).forEach(expected::set);
        found += (int) IntStream.of(best(index, query, K)).filter(expected::get).count();
      }
      assertTrue(found >= 98 * K, found + " of " + 100 * K);
    }

    @Test
    @DisplayName("the share to read says how many of the best lie in what is read")
    void share() {
      List<float[]> queries = shoppers(30);
      double half = clusters.shareToRead(exact, queries, K, 0.5);
      double nearlyAll = clusters.shareToRead(exact, queries, K, 0.99);
      double all = clusters.shareToRead(exact, queries, K, 1);
      assertTrue(0 < half && half < nearlyAll && nearlyAll <= all && all <= 1);
      assertEquals(1, clusters.shareToRead(exact, List.of(), K, 0.5));
    }

    @Test
    @DisplayName("the fewer shoppers were asked, the more is read beyond what their mean needs")
    void fewShoppers() {
      List<float[]> few = shoppers(10);
      List<float[]> often = IntStream.range(0, 100).boxed().flatMap(_ -> few.stream()).toList();
      double byFew = clusters.shareToRead(exact, few, K, 0.9);
      double byMany = clusters.shareToRead(exact, often, K, 0.9);
      assertTrue(byFew > byMany, byFew + " beside " + byMany);
    }

    @Test
    @DisplayName("gives exact scores, best first, and reads everything when much is asked for")
    void exactScores() {
      float[] query = shoppers(1).getFirst();
      TopK best = new TopK(20_000);
      index(clusters, 0.1, new BitSet(), vectors).search(query, 20_000, best);
      assertEquals(20_000, best.size());
      for (int i = 0; i < 100; i++) {
        int row = best.row(i);
        assertEquals(
            Kernels.active().dot(query, 0, vectors, row * SIZE, SIZE), best.score(i), "row " + row);
        assertTrue(i == 0 || best.score(i) <= best.score(i - 1));
      }
    }

    @Test
    @DisplayName("both twins find the same")
    void twins() {
      ByteRows bytes = rounded(vectors);
      for (float[] query : shoppers(10)) {
        int[] simd = best(index(clusters, 0.1, new BitSet(), vectors), query, K);
        ClusteredIndex scalar =
            new ClusteredIndex(
                Kernels.scalar(),
                clusters,
                0.1,
                K,
                new BitSet(),
                20_000,
                bytes,
                FloatRows.of(SIZE, vectors));
        assertArrayEquals(simd, best(scalar, query, K));
      }
    }
  }

  /// The most promising groups have a row each, the others a hundred.
  @Nested
  @DisplayName("Groups of very different sizes")
  class Uneven {
    private static final int SMALL = 150;
    private static final int GROUPS = 200;
    private static final int LARGE_ROWS = 100;
    private static final int ROWS = SMALL + (GROUPS - SMALL) * LARGE_ROWS;

    private final float[] centres = new float[GROUPS * SIZE];
    private final float[] vectors = new float[ROWS * SIZE];
    private final ClusteredIndex index = index(grouped(), 0.1, new BitSet(), vectors);

    private Clusters grouped() {
      int[] groupOf = new int[ROWS];
      for (int row = 0; row < ROWS; row++) {
        groupOf[row] = row < SMALL ? row : SMALL + (row - SMALL) / LARGE_ROWS;
        vectors[row * SIZE] = GROUPS - groupOf[row];
      }
      for (int group = 0; group < GROUPS; group++) {
        centres[group * SIZE] = GROUPS - group;
      }
      return new Clusters(centres, groupOf, FloatRows.of(SIZE, vectors));
    }

    private float[] first(float number) {
      float[] query = new float[SIZE];
      query[0] = number;
      return query;
    }

    @Test
    @DisplayName("as many rows are read as should be, however many groups that takes")
    void readsOn() {
      TopK best = new TopK(K);
      index.search(first(1), K, row -> row >= SMALL, best);
      assertArrayEquals(IntStream.range(SMALL, SMALL + K).toArray(), rows(best));
      IntPredicate tooFar = row -> row >= SMALL + 5 * LARGE_ROWS; // more than a tenth before it
      index.search(first(1), K, tooFar, best);
      assertEquals(0, best.size());
    }

    @Test
    @DisplayName("a query that is not finite finds nothing, and ends")
    void notFinite() {
      assertEquals(0, best(index, first(Float.NaN), K).length);
    }

    @Test
    @DisplayName("a search with the caller's room finds the same, whatever the room was used for")
    void sameRoom() {
      SearchRoom room = new SearchRoom();
      TopK best = new TopK(400);
      for (int k : new int[] {10, 400, 10}) {
        index.search(first(1), k, _ -> true, best, room);
        assertArrayEquals(best(index, first(1), k), rows(best));
        new ExactIndex(SIZE, ROWS, vectors).search(first(-1), k, _ -> true, best, room);
        assertEquals(-1, best.score(0));
      }
    }
  }

  @Nested
  @DisplayName("What came or changed after the grouping")
  class Afterwards {
    private final float[] before = items(3000);
    private final Clusters clusters = clusters(before);
    private final float[] query = shoppers(1).getFirst();

    private float[] with(int rows, int row, float[] vector) {
      float[] now = Arrays.copyOf(before, rows * SIZE);
      System.arraycopy(vector, 0, now, row * SIZE, SIZE);
      return now;
    }

    @Test
    @DisplayName("a new row is found at once, wherever it lies")
    void newRow() {
      for (int rows : new int[] {3001, 3010, 3500, 4100}) {
        float[] now = with(rows, rows - 1, larger(query));
        assertEquals(rows - 1, best(index(clusters, 0.01, new BitSet(), now), query, K)[0]);
      }
    }

    @Test
    @DisplayName("a changed row is found where it is now, once, and not where it was")
    void changedRow() {
      BitSet changed = new BitSet();
      changed.set(7);
      float[] now = with(3000, 7, larger(query));
      int[] found = best(index(clusters, 0.05, changed, now), query, K);
      assertEquals(7, found[0]);
      assertEquals(K, IntStream.of(found).distinct().count());
      int top = best(new ExactIndex(SIZE, 3000, before), query, 1)[0];
      BitSet moved = new BitSet();
      moved.set(top);
      int[] without =
          best(index(clusters, 0.05, moved, with(3000, top, new float[SIZE])), query, K);
      assertTrue(IntStream.of(without).noneMatch(row -> row == top));
    }

    private float[] larger(float[] vector) {
      float[] larger = vector.clone();
      for (int i = 0; i < SIZE; i++) {
        larger[i] *= 100;
      }
      return larger;
    }

    @Test
    @DisplayName("the filter holds for grouped, changed and new rows alike")
    void filter() {
      BitSet changed = new BitSet();
      changed.set(100, 200);
      ClusteredIndex index = index(clusters, 0.3, changed, Arrays.copyOf(before, 3100 * SIZE));
      TopK best = new TopK(K);
      index.search(query, K, row -> row % 3 == 0, best);
      assertEquals(K, best.size());
      assertTrue(IntStream.of(rows(best)).allMatch(row -> row % 3 == 0));
      index.search(query, K, _ -> false, best);
      assertEquals(0, best.size());
    }
  }

  @Nested
  @DisplayName("Odd matrices")
  class Odd {
    @Test
    @DisplayName("rows without a vector and rows that are not finite are never found")
    void left() {
      float[] vectors = items(500);
      vectors[3 * SIZE] = Float.NaN;
      Clusters clusters = Clusters.of(500, FloatRows.of(SIZE, vectors), row -> row != 5);
      ClusteredIndex index = index(clusters, 0.4, new BitSet(), vectors);
      for (float[] query : shoppers(20)) {
        assertTrue(IntStream.of(best(index, query, K)).noneMatch(row -> row == 3 || row == 5));
      }
    }

    @Test
    @DisplayName("of no rows nothing is found, of equal rows the first, of a damaged query nothing")
    void few() {
      assertEquals(
          0,
          best(index(clusters(new float[0]), 1, new BitSet(), new float[0]), new float[SIZE], 3)
              .length);
      float[] equal = new float[40 * SIZE];
      Arrays.fill(equal, 1);
      float[] query = new float[SIZE];
      query[0] = 1;
      ClusteredIndex index = index(clusters(equal), 0.2, new BitSet(), equal);
      assertArrayEquals(new int[] {0, 1, 2}, best(index, query, 3));
      query[0] = Float.NaN;
      assertEquals(0, best(index, query, 3).length);
    }

    @Test
    @DisplayName("groups of another matrix and queries of another length are refused")
    void refuses() {
      Clusters clusters = clusters(items(100));
      assertThrows(
          IllegalArgumentException.class,
          () -> index(clusters, 0.1, new BitSet(), new float[99 * SIZE]));
      ClusteredIndex index = index(clusters, 0.1, new BitSet(), items(100));
      assertThrows(IllegalArgumentException.class, () -> best(index, new float[3], 1));
    }

    @Test
    @DisplayName("the same rows give the same groups")
    void deterministic() {
      float[] vectors = items(5000);
      float[] query = shoppers(1).getFirst();
      assertArrayEquals(
          best(index(clusters(vectors), 0.02, new BitSet(), vectors), query, K),
          best(index(clusters(vectors), 0.02, new BitSet(), vectors), query, K));
    }
  }
}
