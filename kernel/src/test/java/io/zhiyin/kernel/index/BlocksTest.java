package io.zhiyin.kernel.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.kernel.vector.ByteRows;
import io.zhiyin.kernel.vector.FloatRows;
import io.zhiyin.kernel.vector.TopK;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Over rows so long that they lie in several blocks")
class BlocksTest {
  private static final int SIZE = 8192;
  private static final int ROWS = 600;

  private final float[] matrix = new float[ROWS * SIZE];
  private final FloatRows vectors = new FloatRows(SIZE, ROWS);
  private final ByteRows bytes = new ByteRows(SIZE, ROWS);
  private final float[] query = new float[SIZE];
  private final ExactIndex whole = new ExactIndex(SIZE, ROWS, matrix);

  BlocksTest() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = random.nextFloat() - 0.5f;
    }
    for (int i = 0; i < SIZE; i++) {
      query[i] = random.nextFloat() - 0.5f;
    }
    for (int row = 0; row < ROWS; row++) {
      vectors.set(row, matrix, row * SIZE);
      bytes.set(row, matrix, row * SIZE);
    }
    assertNotSame(vectors.block(0), vectors.block(ROWS - 1));
    assertTrue(bytes.together(0) < ROWS);
  }

  private int[] best(VectorIndex index) {
    TopK best = new TopK(50);
    index.search(query, 50, best);
    return IntStream.range(0, best.size()).map(best::row).toArray();
  }

  @Test
  @DisplayName("the exact search finds what it finds in one matrix, with the same scores")
  void exact() {
    ExactIndex index = new ExactIndex(ROWS, vectors);
    assertArrayEquals(best(whole), best(index));
    float[] expected = new float[ROWS];
    float[] given = new float[ROWS];
    assertEquals(ROWS, whole.scores(query, expected));
    assertEquals(ROWS, index.scores(query, given));
    assertArrayEquals(expected, given, 1e-5f);
    assertEquals(200, index.scores(query, new float[200]));
    TopK[] together = {new TopK(50)};
    index.searchAll(query, 1, 50, _ -> true, together);
    assertArrayEquals(best(whole), IntStream.range(0, 50).map(i -> together[0].row(i)).toArray());
  }

  @Test
  @DisplayName(
      "the rounded search finds the same, and the one by groups gives what it finds its exact score")
  void rounded() {
    assertArrayEquals(best(whole), best(new QuantisedIndex(ROWS, bytes, vectors)));
    Clusters clusters = Clusters.of(ROWS, vectors, _ -> true);
    ClusteredIndex grouped =
        new ClusteredIndex(clusters, 0.49, 50, new BitSet(), ROWS, bytes, vectors);
    BitSet found = new BitSet();
    IntStream.of(best(grouped)).forEach(found::set);
    assertEquals(50, found.cardinality());
    float[] scores = new float[ROWS];
    whole.scores(query, scores);
    TopK top = new TopK(50);
    grouped.search(query, 50, top);
    for (int i = 0; i < top.size(); i++) {
      assertEquals(scores[top.row(i)], top.score(i), 1e-4f);
    }
  }
}
