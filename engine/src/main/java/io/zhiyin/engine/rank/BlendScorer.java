package io.zhiyin.engine.rank;

import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Scorer;
import java.util.Arrays;
import java.util.List;

/// Adds up all evidence of each candidate by [BlendWeights], whichever source found it.
public record BlendScorer(BlendWeights weights) implements Scorer {
  @Override
  public String name() {
    return "blend";
  }

  @Override
  public void score(Query query, List<Candidate> candidates) {
    int n = candidates.size();
    float[][] strengths = new float[Evidence.COUNT][n];
    for (Evidence evidence : Evidence.values()) {
      float[] row = strengths[evidence.ordinal()];
      for (int i = 0; i < n; i++) {
        row[i] = candidates.get(i).evidence(evidence);
      }
    }
    double[] scores =
        weights.score(strengths, n, (evidence, parts) -> lift(candidates, evidence, parts));
    for (int i = 0; i < n; i++) {
      candidates.get(i).score((float) scores[i]);
    }
  }

  private static void lift(List<Candidate> candidates, Evidence evidence, double[] parts) {
    double mean = Arrays.stream(parts).average().orElse(0);
    for (int i = 0; i < parts.length; i++) {
      candidates.get(i).lift(evidence, (float) (parts[i] - mean));
    }
  }
}
