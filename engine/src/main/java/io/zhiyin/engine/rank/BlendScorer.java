package io.zhiyin.engine.rank;

import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.EvidenceTable;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Scorer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adds up all evidence of each candidate by [BlendWeights], whichever source found it. What having
/// met an item changes is noted beside [Evidence#RECENTLY_VIEWED].
///
/// @param room for one request at a time
public record BlendScorer(BlendWeights weights, RankRoom room) implements Scorer {
  /// With room of its own.
  public BlendScorer(BlendWeights weights) {
    this(weights, new RankRoom());
  }

  @Override
  public String name() {
    return "blend";
  }

  @Override
  public void score(Query query, List<Candidate> candidates) {
    double[] scores = blend(query, candidates, items(candidates), EvidenceTable.of(candidates));
    for (int i = 0; i < candidates.size(); i++) {
      candidates.get(i).score((float) scores[i]);
    }
  }

  static int[] items(List<Candidate> candidates) {
    int[] items = new int[candidates.size()];
    for (int i = 0; i < items.length; i++) {
      items[i] = candidates.get(i).item();
    }
    return items;
  }

  /// The blended scores, in the room; what each evidence lifted is noted in the candidates.
  double[] blend(
      Query query, List<Candidate> candidates, int[] items, float[] @Nullable [] strengths) {
    double[] sums = room.sums(items.length);
    weights.add(
        strengths,
        items,
        query.profile().history(),
        sums,
        room.part(items.length),
        (evidence, parts) -> lift(candidates, evidence, parts));
    return sums;
  }

  private static void lift(List<Candidate> candidates, Evidence evidence, double[] parts) {
    double sum = 0;
    for (int i = 0; i < candidates.size(); i++) {
      sum += parts[i];
    }
    double mean = candidates.isEmpty() ? 0 : sum / candidates.size();
    for (int i = 0; i < candidates.size(); i++) {
      candidates.get(i).lift(evidence, (float) (parts[i] - mean));
    }
  }
}
