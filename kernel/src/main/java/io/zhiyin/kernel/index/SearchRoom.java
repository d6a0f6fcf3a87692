package io.zhiyin.kernel.index;

import io.zhiyin.kernel.vector.ByteQuery;
import io.zhiyin.kernel.vector.ByteRows;
import io.zhiyin.kernel.vector.TopK;
import org.jspecify.annotations.Nullable;

/// Room for one search at a time in any index: a search with the caller's room allocates nothing
/// once the room has held as much. One thread at a time.
///
/// A room may be kept for ever, so what a search for very many rows needs is not.
public final class SearchRoom {
  /// The most candidates that room is kept for: some 400 kB.
  static final int MOST_KEPT = 1 << 14;

  private final float[] scores = new float[ExactIndex.AT_A_TIME];
  private @Nullable ByteQuery query;
  private TopK candidates = new TopK(0);
  private TopK groups = new TopK(0);
  private TopK found = new TopK(0);
  private float[] groupScores = {};

  /// For the scores of the rows that are read at a time.
  float[] scores() {
    return scores;
  }

  /// The query for those rows, or others of the same size.
  ByteQuery query(ByteRows rows, float[] vector) {
    ByteQuery known = query;
    if (known == null || known.size() != rows.size()) {
      known = new ByteQuery(rows);
      query = known;
    }
    return known.set(vector);
  }

  /// For what a caller searches, where it needs that only until it searches again.
  public TopK found(int k) {
    found = atLeast(found, k);
    return found.capacity() < k ? new TopK(k) : found;
  }

  /// Empty, for the best k by their rounded scores.
  TopK candidates(int k) {
    candidates = atLeast(candidates, k);
    return (candidates.capacity() < k ? new TopK(k) : candidates).reset(k);
  }

  /// One for so many, unless they are more than room is kept for.
  private static TopK atLeast(TopK known, int k) {
    return known.capacity() >= k || k > MOST_KEPT ? known : new TopK(k);
  }

  /// How many candidates it keeps room for.
  int kept() {
    return candidates.capacity();
  }

  /// Empty, for the k most promising groups.
  TopK groups(int k) {
    if (groups.capacity() < k) {
      groups = new TopK(k);
    }
    return groups.reset(k);
  }

  /// For the scores of so many groups.
  float[] groupScores(int count) {
    if (groupScores.length < count) {
      groupScores = new float[count];
    }
    return groupScores;
  }
}
