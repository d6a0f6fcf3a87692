package io.zhiyin.kernel.index;

import io.zhiyin.kernel.vector.TopK;
import java.util.function.IntPredicate;

/// Finds the rows whose vectors have the largest inner product with a query, plus a bias of each
/// row. Whether the answer is exact is told by the type: [ExactIndex] always is, [QuantisedIndex]
/// nearly always, [ClusteredIndex] as nearly as was asked of it; the scores of what they find are
/// exact in all.
public sealed interface VectorIndex permits ExactIndex, QuantisedIndex, ClusteredIndex {
  /// How many rows there are.
  int rows();

  /// How many numbers a vector has.
  int size();

  /// Fills `best` with the best `k` rows that pass the filter, best first, lower rows first among
  /// equals; with fewer when fewer pass. Rows that score NaN are left out.
  ///
  /// @param room of the caller, so that nothing is allocated
  void search(float[] query, int k, IntPredicate filter, TopK best, SearchRoom room);

  /// The same with room of its own.
  default void search(float[] query, int k, IntPredicate filter, TopK best) {
    search(query, k, filter, best, new SearchRoom());
  }

  /// The same over all rows.
  default void search(float[] query, int k, TopK best) {
    search(query, k, _ -> true, best);
  }
}
