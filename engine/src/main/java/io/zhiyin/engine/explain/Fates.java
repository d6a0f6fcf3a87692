package io.zhiyin.engine.explain;

import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.FilteredItems;
import io.zhiyin.engine.pipeline.Trace;
import java.util.List;
import java.util.Optional;

/// What became of the items that one request looked at, in little room.
///
/// @param ranked items that were scored, best first
/// @param scores theirs
/// @param filtered what filters took out
record Fates(int[] ranked, float[] scores, FilteredItems filtered) {

  static Fates of(Trace trace) {
    List<Candidate> order = trace.ranked();
    int[] ranked = order.stream().mapToInt(Candidate::item).toArray();
    float[] scores = new float[ranked.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = order.get(i).score();
    }
    return new Fates(ranked, scores, trace.filtered());
  }

  Optional<String> filterOf(int item) {
    return filtered.of(item);
  }

  /// The rank of the item, counted from 1; 0 when it was not scored.
  int rankOf(int item) {
    for (int i = 0; i < ranked.length; i++) {
      if (ranked[i] == item) {
        return i + 1;
      }
    }
    return 0;
  }

  /// @param rank counted from 1
  float scoreAt(int rank) {
    return scores[rank - 1];
  }
}
