package io.zhiyin.learning.train;

import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.Transform;
import io.zhiyin.learning.train.Evidences.Pool;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fits how much each kind of evidence counts: one weight at a time is moved over a grid to where
/// mean NDCG@10 on validation cases is best, until a round changes nothing.
///
/// Few parameters and a coarse grid, so there is little to overfit. The model's logit keeps weight
/// 1; the others are found beside it. Cases must not have been fitted by the sources that measured
/// them.
public final class BlendFit {
  private static final int K = 10;
  private static final int ROUNDS = 4;
  private static final double[] GRID = {
    0, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 16, 24
  };

  /// What may count, and the measures it may count in.
  private static final Map<Evidence, List<Transform>> CHOICES =
      new EnumMap<>(
          Map.of(
              Evidence.ITEM_TO_ITEM, List.of(Transform.SHARE_OF_MAX, Transform.RAW),
              Evidence.BOUGHT_TOGETHER, List.of(Transform.SHARE_OF_MAX),
              Evidence.CONTENT, List.of(Transform.RAW, Transform.SHARE_OF_MAX),
              Evidence.POPULAR, List.of(Transform.SHARE_OF_MAX),
              Evidence.TRENDING, List.of(Transform.SHARE_OF_MAX)));

  private final List<Parts> cases = new ArrayList<>();

  /// One case: per evidence and measure what a weight of 1 gives each candidate.
  private record Parts(Map<Evidence, Map<Transform, double[]>> given, int candidates, int target) {}

  /// @param weights the best found
  /// @param ndcg mean NDCG@10 of the cases with them, own items left out
  public record Fitted(BlendWeights weights, double ndcg) {}

  /// Adds a case.
  public BlendFit add(Pool pool) {
    float[] @Nullable [] strengths = pool.withoutOwn();
    Map<Evidence, Map<Transform, double[]>> given = new EnumMap<>(Evidence.class);
    if (strengths[Evidence.SEQUENCE.ordinal()] != null) {
      given.put(Evidence.SEQUENCE, parts(Evidence.SEQUENCE, List.of(Transform.LOGIT), strengths));
    }
    CHOICES.forEach(
        (evidence, transforms) -> {
          if (strengths[evidence.ordinal()] != null) {
            given.put(evidence, parts(evidence, transforms, strengths));
          }
        });
    boolean ranked = pool.target() >= 0 && !pool.own()[pool.target()];
    synchronized (cases) {
      cases.add(new Parts(given, pool.items().length, ranked ? pool.target() : -1));
    }
    return this;
  }

  private static Map<Transform, double[]> parts(
      Evidence evidence, List<Transform> transforms, float[] @Nullable [] strengths) {
    Map<Transform, double[]> parts = new EnumMap<>(Transform.class);
    int n = java.util.Objects.requireNonNull(strengths[evidence.ordinal()]).length;
    for (Transform transform : transforms) {
      parts.put(transform, BlendWeights.of(evidence, transform, 1).score(strengths, n));
    }
    return parts;
  }

  /// The best weights for the cases added; the defaults when there are none that can tell, because
  /// every shopper came back to an item of the own history.
  public Fitted fit() {
    if (cases.stream().noneMatch(c -> c.target >= 0)) {
      return new Fitted(BlendWeights.DEFAULT, Double.NaN);
    }
    Map<Evidence, BlendWeights.Term> terms = new EnumMap<>(Evidence.class);
    terms.put(Evidence.SEQUENCE, new BlendWeights.Term(Transform.LOGIT, 1));
    double best = ndcg(terms);
    for (int round = 0; round < ROUNDS; round++) {
      double before = best;
      for (Map.Entry<Evidence, List<Transform>> choice : new EnumMap<>(CHOICES).entrySet()) {
        best = improve(terms, choice.getKey(), choice.getValue(), best);
      }
      if (best <= before) {
        break;
      }
    }
    return new Fitted(new BlendWeights(terms), best);
  }

  private double improve(
      Map<Evidence, BlendWeights.Term> terms,
      Evidence evidence,
      List<Transform> transforms,
      double best) {
    double reached = best;
    for (Transform transform : transforms) {
      for (double weight : GRID) {
        BlendWeights.Term before = terms.get(evidence);
        terms.put(evidence, new BlendWeights.Term(transform, weight));
        double value = ndcg(terms);
        if (value > reached) {
          reached = value;
        } else if (before == null) {
          terms.remove(evidence);
        } else {
          terms.put(evidence, before);
        }
      }
    }
    return reached;
  }

  private double ndcg(Map<Evidence, BlendWeights.Term> terms) {
    return cases.parallelStream().mapToDouble(c -> gain(c, terms)).sum() / cases.size();
  }

  private static double gain(Parts parts, Map<Evidence, BlendWeights.Term> terms) {
    if (parts.target < 0) {
      return 0;
    }
    double[] sums = new double[parts.candidates];
    terms.forEach(
        (evidence, term) -> {
          Map<Transform, double[]> given = parts.given.get(evidence);
          double[] part = given == null ? null : given.get(term.transform());
          if (part != null && term.weight() != 0) {
            for (int i = 0; i < sums.length; i++) {
              sums[i] += term.weight() * part[i];
            }
          }
        });
    int above = 0;
    for (double sum : sums) {
      if (sum > sums[parts.target]) {
        above++;
      }
    }
    return above < K ? Math.log(2) / Math.log(above + 2) : 0;
  }
}
