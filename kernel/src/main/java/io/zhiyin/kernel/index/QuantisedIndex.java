package io.zhiyin.kernel.index;

import io.zhiyin.kernel.vector.ByteQuery;
import io.zhiyin.kernel.vector.ByteRows;
import io.zhiyin.kernel.vector.FloatRows;
import io.zhiyin.kernel.vector.Kernels;
import io.zhiyin.kernel.vector.TopK;
import java.util.function.IntPredicate;

/// Scores every row in small whole numbers, which is a quarter of the memory to read, and the best
/// of them once more in float32. A row is missed only when rounding puts it behind [#candidates]` -
/// k` worse ones; the scores of what is found are exact.
///
/// Immutable, any number of threads; with the caller's [SearchRoom] a search allocates nothing.
public final class QuantisedIndex implements VectorIndex {
  /// More of the rounded best are looked at again than are asked for, at least so many.
  private static final int SPARE = 32;

  private final Kernels kernels;
  private final int rows;
  private final ByteRows bytes;
  private final FloatRows vectors;

  /// @param rows how many of both to search; they may have room for more
  /// @param bytes the vectors rounded, row by row; kept, not copied
  /// @param vectors `[≥ rows, size]`, kept, not copied
  public QuantisedIndex(int rows, ByteRows bytes, FloatRows vectors) {
    this(Kernels.active(), rows, bytes, vectors);
  }

  public QuantisedIndex(Kernels kernels, int rows, ByteRows bytes, FloatRows vectors) {
    if (rows < 0
        || bytes.capacity() < rows
        || vectors.capacity() < rows
        || vectors.size() != bytes.size()) {
      throw new IllegalArgumentException(
          "there are no %d rows among %d rounded ones of %d numbers and %d of %d"
              .formatted(rows, bytes.capacity(), bytes.size(), vectors.capacity(), vectors.size()));
    }
    this.kernels = kernels;
    this.rows = rows;
    this.bytes = bytes;
    this.vectors = vectors;
  }

  /// Of a whole matrix `[rows, size]`, which is rounded here.
  public static QuantisedIndex of(int size, float[] vectors) {
    int rows = vectors.length / size;
    ByteRows bytes = new ByteRows(size, rows);
    for (int row = 0; row < rows; row++) {
      bytes.set(row, vectors, row * size);
    }
    return new QuantisedIndex(rows, bytes, FloatRows.of(size, vectors));
  }

  /// How many rounded rows are looked at again for the best k.
  public static int candidates(int k) {
    return (int) Math.min(Integer.MAX_VALUE / 4, k + Math.max(SPARE, k / 2L));
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int size() {
    return bytes.size();
  }

  @Override
  public void search(float[] query, int k, IntPredicate filter, TopK best, SearchRoom room) {
    ByteQuery rounded = room.query(bytes, query);
    TopK candidates = room.candidates(candidates(k));
    if (k > 0) {
      collect(0, rounded, filter, room.scores(), candidates);
    }
    scoreAgain(query, k, candidates, room.scores(), best);
  }

  /// Offers all rows from one on to the candidates, by their rounded scores.
  ///
  /// @param scores room for those of the rows that are read at a time
  void collect(int from, ByteQuery query, IntPredicate filter, float[] scores, TopK candidates) {
    IntPredicate wanted = from == 0 ? filter : row -> row >= from && filter.test(row);
    int panel = ByteRows.panel();
    for (int first = from / panel * panel, length; first < rows; first += length) {
      length = Math.min(ExactIndex.AT_A_TIME, Math.min(rows - first, bytes.together(first)));
      kernels.scores(query, bytes, first, length, scores);
      ExactIndex.pick(kernels, first, length, scores, 0, wanted, candidates);
    }
  }

  /// The best k of the candidates by their exact scores.
  ///
  /// @param scores room for those of the rows that are read at a time
  void scoreAgain(float[] query, int k, TopK candidates, float[] scores, TopK best) {
    best.reset(k);
    candidates.cut();
    int size = bytes.size();
    for (int first = 0; first < candidates.size(); first += ExactIndex.AT_A_TIME) {
      int length = Math.min(ExactIndex.AT_A_TIME, candidates.size() - first);
      // the rows lie anywhere in memory: nothing here waits for a score, so many are fetched at
      // once
      for (int i = 0; i < length; i++) {
        int row = candidates.row(first + i);
        scores[i] = kernels.dot(query, 0, vectors.block(row), vectors.at(row), size);
      }
      for (int i = 0; i < length; i++) {
        best.offer(candidates.row(first + i), scores[i]);
      }
    }
    best.sort();
  }
}
