package io.zhiyin.learning.trial;

import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rank.Aim;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.RankFeatures;
import io.zhiyin.engine.rank.TreeRanker;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.train.EvidenceFit;
import io.zhiyin.learning.train.Evidences;
import io.zhiyin.learning.train.Evidences.Pool;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All evidence, as a request ranks: sources propose candidates, the blend orders them, the learned
/// ranker orders the best of them anew; whatever no source proposed follows in the order of the
/// sequence model. A shopper without a history gets what everybody likes.
///
/// @param evidences gathers the candidates
/// @param ranker nothing where none was worth it
/// @param sequence ranks the rest
/// @param aim what the ranker orders by
record ZhiyinMethod(
    Evidences evidences,
    BlendWeights weights,
    Optional<TreeRanker> ranker,
    RankFeatures features,
    SequenceMethod sequence,
    Aim aim)
    implements Method {
  /// Below every score of a candidate.
  private static final float REST = -1e6f;

  static ZhiyinMethod of(EvidenceFit fit, EvidenceFit.Fitted fitted, SequenceMethod sequence) {
    return new ZhiyinMethod(
        fit.evidences(),
        fitted.weights(),
        fitted.ranker(),
        new RankFeatures(fit.counted()),
        sequence,
        Aim.ENGAGEMENT);
  }

  /// The same where the second look orders by something else.
  ZhiyinMethod aimedAt(Aim other) {
    return new ZhiyinMethod(evidences, weights, ranker, features, sequence, other);
  }

  @Override
  public String name() {
    return "zhiyin";
  }

  @Override
  public Scores score(Case question) {
    Pool pool = evidences.of(question);
    float[] all = sequence.logits(question);
    for (int item = 0; item < all.length; item++) {
      all[item] = Math.max(all[item], -1e5f) + REST;
    }
    boolean known = question.before().size() > 0;
    BlendWeights fitting = known ? weights : BlendWeights.COLD;
    History before = question.before();
    double[] blended = fitting.score(pool.strengths(), pool.items(), before);
    if (known && ranker.isPresent()) {
      Query query = evidences.query(question);
      double[] scores =
          ranker
              .get()
              .score(
                  query,
                  features,
                  pool.items(),
                  pool.strengths(),
                  blended,
                  aim,
                  Aim.Listener.NOBODY);
      put(pool, scores, all);
      return Scores.of(all, question.before());
    }
    float[] withoutOwn = Scores.of(all, question.before()).withoutOwn();
    put(pool, blended, all);
    float[] @Nullable [] masked = pool.withoutOwn();
    put(pool, fitting.score(masked, pool.items(), before), withoutOwn);
    return new Scores(all, Scores.of(withoutOwn, question.before()).withoutOwn());
  }

  private static void put(Pool pool, double[] scored, float[] scores) {
    for (int i = 0; i < scored.length; i++) {
      scores[pool.items()[i]] = (float) scored[i];
    }
  }
}
