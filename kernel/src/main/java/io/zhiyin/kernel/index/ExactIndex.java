package io.zhiyin.kernel.index;

import io.zhiyin.kernel.vector.Affine;
import io.zhiyin.kernel.vector.FloatRows;
import io.zhiyin.kernel.vector.Kernels;
import io.zhiyin.kernel.vector.TopK;
import java.util.Arrays;
import java.util.function.IntPredicate;

/// Scores every row of a row-major matrix `[rows, size]`, some at a time, so that their scores are
/// still in the nearest cache when the best of them are picked. Exact, and at the speed of memory.
///
/// Immutable, any number of threads. A search with the caller's [SearchRoom] allocates nothing.
public final class ExactIndex implements VectorIndex {
  static final int AT_A_TIME = 512;

  /// Queries whose scores of so many rows fit in the second cache.
  private static final int TOGETHER = 96;

  private final Kernels kernels;
  private final int rows;
  private final FloatRows vectors;

  /// The first `rows` rows of a matrix that may have room for more.
  ///
  /// @param vectors `[≥ rows, size]`, kept, not copied
  public ExactIndex(int size, int rows, float[] vectors) {
    this(Kernels.active(), size, rows, vectors);
  }

  public ExactIndex(Kernels kernels, int size, int rows, float[] vectors) {
    this(kernels, rows, FloatRows.of(size, vectors));
  }

  /// The first `rows` of those, which are kept, not copied.
  public ExactIndex(int rows, FloatRows vectors) {
    this(Kernels.active(), rows, vectors);
  }

  public ExactIndex(Kernels kernels, int rows, FloatRows vectors) {
    if (rows < 0 || vectors.capacity() < rows) {
      throw new IllegalArgumentException(
          "there are no %d rows among %d".formatted(rows, vectors.capacity()));
    }
    this.kernels = kernels;
    this.rows = rows;
    this.vectors = vectors;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int size() {
    return vectors.size();
  }

  @Override
  public void search(float[] query, int k, IntPredicate filter, TopK best, SearchRoom room) {
    if (query.length != size()) {
      throw new IllegalArgumentException(
          "the query has " + query.length + " numbers, the index's vectors have " + size());
    }
    best.reset(k);
    float[] scores = room.scores();
    for (int first = 0, length; first < rows && k > 0; first += length) {
      length = length(first);
      score(kernels, query, vectors, first, length, scores);
      pick(kernels, first, length, scores, 0, filter, best);
    }
    best.sort();
  }

  /// How many rows from one on are scored at a time: they lie together.
  private int length(int first) {
    return Math.min(Math.min(AT_A_TIME, rows - first), vectors.together(first));
  }

  /// The scores of rows that lie together, in `out`.
  static void score(
      Kernels kernels, float[] query, FloatRows vectors, int first, int length, float[] out) {
    int row = vectors.at(first) / vectors.size();
    kernels.scores(query, vectors.block(first), row, length, out);
  }

  /// Until the collector is full every row is offered, then only those above its worst.
  ///
  /// @param first the row of the score at `from`
  static void pick(
      Kernels kernels,
      int first,
      int length,
      float[] scores,
      int from,
      IntPredicate filter,
      TopK best) {
    int i = from;
    int end = from + length;
    while (i < end) {
      if (best.isFull()) {
        i = kernels.firstAbove(scores, i, end, best.threshold());
        if (i == end) {
          return;
        }
      }
      int row = first + i - from;
      if (filter.test(row)) {
        best.offer(row, scores[i]);
      }
      i++;
    }
  }

  /// The scores of as many rows as `out` has room for, from the first on.
  ///
  /// @return how many there are
  public int scores(float[] query, float[] out) {
    int count = Math.min(rows, out.length);
    float[] scores = new float[AT_A_TIME];
    for (int first = 0, length; first < count; first += length) {
      length = Math.min(length(first), count - first);
      score(kernels, query, vectors, first, length, scores);
      System.arraycopy(scores, 0, out, first, length);
    }
    return count;
  }

  /// The best `k` rows of each of `count` queries `[count, size]`, in `best[0]` and on. A block of
  /// rows is scored for all queries while it is near, as a product of matrices: several times as
  /// fast as one query after the other. Scores differ from [#search] by a few units in the last
  /// place, as sums in another order do.
  public void searchAll(float[] queries, int count, int k, IntPredicate filter, TopK[] best) {
    int size = size();
    if (count < 0 || queries.length < (long) count * size || best.length < count) {
      throw new IllegalArgumentException(
          "%d queries of %d numbers do not fit in %d numbers and %d collectors"
              .formatted(count, size, queries.length, best.length));
    }
    for (int q = 0; q < count; q++) {
      best[q].reset(k);
    }
    float[] scores = new float[Math.min(count, TOGETHER) * AT_A_TIME];
    for (int first = 0, length; first < rows && k > 0; first += length) {
      length = length(first);
      int at = vectors.at(first);
      Affine block =
          new Affine(
              length,
              size,
              Arrays.copyOfRange(vectors.block(first), at, at + length * size),
              new float[length]);
      for (int from = 0; from < count; from += TOGETHER) {
        int together = Math.min(TOGETHER, count - from);
        kernels.linear(block, queries, from * size, together, scores, 0);
        for (int q = 0; q < together; q++) {
          pick(kernels, first, length, scores, q * length, filter, best[from + q]);
        }
      }
    }
    for (int q = 0; q < count; q++) {
      best[q].sort();
    }
  }
}
