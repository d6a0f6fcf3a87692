package io.zhiyin.engine.rank;

import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Scorer;
import java.util.List;

/// The blend of all evidence, and a learned second look at its best. Reasons are read from the
/// blend, whose parts add up.
///
/// @param weights of the first look
/// @param ranker of the second look
/// @param features what the second look reads
/// @param aim what the second look orders by
public record TreeScorer(BlendWeights weights, TreeRanker ranker, RankFeatures features, Aim aim)
    implements Scorer {
  @Override
  public String name() {
    return "trees";
  }

  @Override
  public void score(Query query, List<Candidate> candidates) {
    float[][] strengths = BlendScorer.strengths(candidates);
    double[] blended = new BlendScorer(weights).blend(query, candidates, strengths);
    int[] items = candidates.stream().mapToInt(Candidate::item).toArray();
    double[] scores =
        ranker.score(
            query,
            features,
            items,
            strengths,
            blended,
            aim,
            (position, choice, after) -> candidates.get(position).foretold(choice, after));
    for (int i = 0; i < scores.length; i++) {
      candidates.get(i).score((float) scores[i]);
    }
  }
}
