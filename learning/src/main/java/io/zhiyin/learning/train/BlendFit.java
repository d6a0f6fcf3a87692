package io.zhiyin.learning.train;

import io.zhiyin.engine.model.Repeats;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.MetItems;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.Transform;
import io.zhiyin.learning.train.Evidences.Pool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Fits how much each kind of evidence counts: one weight at a time is moved over a grid to where
/// mean NDCG@10 on validation cases is best, until a round changes nothing. Then, beside these
/// weights, what having met an item changes ([RepeatFit]).
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

  private final List<Look> cases = new ArrayList<>();

  /// What a weight of 1 gives each candidate, per evidence and measure, own items left out.
  private record Parts(Map<Evidence, Map<Transform, double[]>> given, int candidates, int target) {}

  /// One case.
  public static final class Look {
    private final Pool pool;
    private final MetItems met;
    private final Parts parts;

    private Look(Pool pool, MetItems met, Parts parts) {
      this.pool = pool;
      this.met = met;
      this.parts = parts;
    }
  }

  /// @param weights the best found
  /// @param ndcg mean NDCG@10 of the cases with them, own items left out
  public record Fitted(BlendWeights weights, double ndcg) {}

  /// What is looked at in a case; any thread may ask.
  ///
  /// @param history of the shopper before the choice
  public Look look(Pool pool, History history) {
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
    Parts parts = new Parts(given, pool.items().length, ranked ? pool.target() : -1);
    return new Look(pool, MetItems.of(history), parts);
  }

  /// Adds a case.
  public BlendFit add(Look look) {
    cases.add(look);
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
    if (cases.stream().noneMatch(c -> c.parts.target >= 0)) {
      return new Fitted(BlendWeights.DEFAULT.with(repeats(BlendWeights.DEFAULT)), Double.NaN);
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
    BlendWeights weights = new BlendWeights(terms);
    return new Fitted(weights.with(repeats(weights)), best);
  }

  /// What having met an item changes beside these weights. The blend's sums are not log-odds; the
  /// factor that makes them so is found first, on the choices of items not met.
  private Repeats repeats(BlendWeights weights) {
    List<double[]> sums =
        cases.stream().map(c -> weights.score(c.pool.strengths(), c.pool.items().length)).toList();
    LogitScale scale = new LogitScale();
    for (int c = 0; c < sums.size(); c++) {
      Pool pool = cases.get(c).pool;
      if (pool.target() >= 0 && !pool.own()[pool.target()]) {
        scale.add(without(pool.own(), sums.get(c)), sums.get(c)[pool.target()]);
      }
    }
    double beta = scale.fit();
    RepeatFit fit = new RepeatFit();
    for (int c = 0; c < sums.size(); c++) {
      if (cases.get(c).pool.target() >= 0) {
        add(fit, cases.get(c), sums.get(c), beta);
      }
    }
    return fit.fit(beta);
  }

  private static void add(RepeatFit fit, Look look, double[] sums, double beta) {
    int[] items = look.pool.items();
    double[] own = new double[look.met.size()];
    for (int number = 0; number < own.length; number++) {
      int at = Arrays.binarySearch(items, look.met.item(number));
      own[number] = at < 0 ? Double.NEGATIVE_INFINITY : beta * sums[at];
    }
    fit.add(
        look.met,
        own,
        LogSum.of(without(look.pool.own(), sums), beta),
        look.met.numberOf(items[look.pool.target()]));
  }

  private static double[] without(boolean[] own, double[] sums) {
    return IntStream.range(0, own.length).filter(i -> !own[i]).mapToDouble(i -> sums[i]).toArray();
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
    return cases.parallelStream().mapToDouble(c -> gain(c.parts, terms)).sum() / cases.size();
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
