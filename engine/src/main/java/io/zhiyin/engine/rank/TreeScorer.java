package io.zhiyin.engine.rank;

import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.EvidenceTable;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Scorer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The blend of all evidence, and a learned second look at its best. Reasons are read from the
/// blend, whose parts add up.
///
/// @param blend the first look
/// @param ranker of the second look
/// @param features what the second look reads
/// @param aim what the second look orders by
/// @param room for one request at a time
public record TreeScorer(
    BlendScorer blend, TreeRanker ranker, RankFeatures features, Aim aim, RankRoom room)
    implements Scorer {
  @Override
  public String name() {
    return "trees";
  }

  @Override
  public void score(Query query, List<Candidate> candidates) {
    float[] @Nullable [] strengths = EvidenceTable.of(candidates);
    int[] items = BlendScorer.items(candidates);
    double[] blended = blend.blend(query, candidates, items, strengths);
    double[] scores =
        ranker.score(
            query,
            features,
            items,
            strengths,
            blended,
            aim,
            room,
            (position, choice, after) -> candidates.get(position).foretold(choice, after));
    for (int i = 0; i < items.length; i++) {
      candidates.get(i).score((float) scores[i]);
    }
  }
}
