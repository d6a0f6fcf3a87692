package io.zhiyin.learning.trial;

import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.train.Evidences;
import io.zhiyin.learning.train.Evidences.Pool;
import org.jspecify.annotations.Nullable;

/// All evidence, as a request ranks: sources propose candidates, the blend orders them; whatever no
/// source proposed follows in the order of the sequence model.
///
/// @param evidences gathers the candidates
/// @param sequence ranks the rest
record ZhiyinMethod(Evidences evidences, BlendWeights weights, SequenceMethod sequence)
    implements Method {
  /// Below every blend of a candidate.
  private static final float REST = -1e6f;

  @Override
  public String name() {
    return "zhiyin";
  }

  @Override
  public Scores score(Case question) {
    Pool pool = evidences.of(question);
    float[] rest = sequence.logits(question);
    for (int item = 0; item < rest.length; item++) {
      rest[item] = Math.max(rest[item], -1e5f) + REST;
    }
    float[] all = rest.clone();
    put(pool, weights.score(pool.strengths(), pool.items().length), all);
    float[] withoutOwn = Scores.of(rest, question.before()).withoutOwn();
    float[] @Nullable [] masked = pool.withoutOwn();
    put(pool, weights.score(masked, pool.items().length), withoutOwn);
    return new Scores(all, Scores.of(withoutOwn, question.before()).withoutOwn());
  }

  private static void put(Pool pool, double[] blended, float[] scores) {
    for (int i = 0; i < blended.length; i++) {
      scores[pool.items()[i]] = (float) blended[i];
    }
  }
}
