package io.zhiyin.engine.rank;

import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Scorer;
import java.util.Arrays;
import java.util.List;

/// Adds up all evidence of each candidate by [BlendWeights], whichever source found it. What having
/// met an item changes is noted beside [Evidence#RECENTLY_VIEWED].
public record BlendScorer(BlendWeights weights) implements Scorer {
  @Override
  public String name() {
    return "blend";
  }

  @Override
  public void score(Query query, List<Candidate> candidates) {
    double[] scores = blend(query, candidates, strengths(candidates));
    for (int i = 0; i < scores.length; i++) {
      candidates.get(i).score((float) scores[i]);
    }
  }

  /// The strengths of all evidence, `[Evidence.COUNT, candidates]`, NaN where absent.
  static float[][] strengths(List<Candidate> candidates) {
    float[][] strengths = new float[Evidence.COUNT][candidates.size()];
    for (Evidence evidence : Evidence.values()) {
      float[] row = strengths[evidence.ordinal()];
      for (int i = 0; i < row.length; i++) {
        row[i] = candidates.get(i).evidence(evidence);
      }
    }
    return strengths;
  }

  /// The blended scores; what each evidence lifted is noted in the candidates.
  double[] blend(Query query, List<Candidate> candidates, float[][] strengths) {
    return weights.score(
        strengths,
        candidates.stream().mapToInt(Candidate::item).toArray(),
        query.profile().history(),
        (evidence, parts) -> lift(candidates, evidence, parts));
  }

  private static void lift(List<Candidate> candidates, Evidence evidence, double[] parts) {
    double mean = Arrays.stream(parts).average().orElse(0);
    for (int i = 0; i < parts.length; i++) {
      candidates.get(i).lift(evidence, (float) (parts[i] - mean));
    }
  }
}
