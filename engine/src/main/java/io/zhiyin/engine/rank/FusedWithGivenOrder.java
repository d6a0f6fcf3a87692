package io.zhiyin.engine.rank;

import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Scorer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Joins the order in which candidates were given (a search's) with the order of another scorer, by
/// [reciprocal rank fusion](https://doi.org/10.1145/1571941.1572114), so that neither's measure
/// matters. Where the other scorer cannot tell candidates apart, the given order stands.
public record FusedWithGivenOrder(Scorer other) implements Scorer {
  private static final float K = 60;

  @Override
  public String name() {
    return other.name() + "+given-order";
  }

  @Override
  public void score(Query query, List<Candidate> candidates) {
    other.score(query, candidates);
    List<Candidate> byOther = new ArrayList<>(candidates);
    byOther.sort(Comparator.comparingDouble(c -> -c.score())); // stable: ties as given
    for (int i = 0; i < byOther.size(); i++) {
      byOther.get(i).score(1 / (K + i + 1));
    }
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      candidate.score(candidate.score() + 1 / (K + i + 1));
    }
  }
}
