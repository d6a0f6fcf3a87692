package io.zhiyin.learning.train;

import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.RankFeature;
import io.zhiyin.engine.rank.RankFeatures;
import io.zhiyin.engine.rank.TreeRanker;
import io.zhiyin.kernel.tree.TreeEnsemble;
import io.zhiyin.learning.train.Evidences.Pool;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Learns the second look ([TreeRanker]) from cases that no other part has fitted: which of the
/// candidates that the blend likes best did the shopper choose?
///
/// How many trees, and whether the trees are worth it at all (own items left out and left in), is
/// decided by crossing: two halves of the cases, each ranked by trees that were learned on the
/// other. Some items are taken for new in each case ([PastDropout]), so that the trees know what to
/// think of an item that nobody has touched.
public final class RankerFit {
  private static final int K = 10;
  private static final int MIN_ANSWERS = 200;
  private static final int MAX_TREES = 400;
  private static final int TREES_STEP = 25;

  private final RankFeatures features;
  private final BlendWeights weights;
  private final List<Looked> cases = new ArrayList<>();

  /// The same cases by their numbers, where the answer can be taken for new.
  private final Map<Integer, Looked> newcomers = new HashMap<>();

  public RankerFit(RankFeatures features, BlendWeights weights) {
    this.features = features;
    this.weights = weights;
  }

  /// One case as the second look sees it.
  ///
  /// @param rows features `[candidates, RankFeature.COUNT]`
  /// @param own which candidates the shopper knows
  /// @param asNew which candidates are taken for new
  /// @param blended the candidates' scores by the blend
  /// @param answer position of the right one, or -1
  record Looked(float[] rows, boolean[] own, boolean[] asNew, double[] blended, int answer) {
    int size() {
      return own.length;
    }
  }

  /// What came of it.
  ///
  /// @param ranker nothing when there is too little to learn from, the blend alone is as good, or
  ///   trees cannot be learned on this machine
  /// @param ndcg mean NDCG@10 with the trees, by crossing, own items left out
  /// @param blendNdcg the same of the blend alone, of the same cases
  /// @param newcomersNdcg the same with the trees if each answer were new and all other items
  ///   known; NaN without
  /// @param gains how much each feature helped, as a share of all
  /// @param calibration how the odds came true, by crossing
  public record Fitted(
      Optional<TreeRanker> ranker,
      double ndcg,
      double blendNdcg,
      double newcomersNdcg,
      Map<RankFeature, Double> gains,
      List<Reliability> calibration) {
    static final Fitted NOTHING =
        new Fitted(Optional.empty(), Double.NaN, Double.NaN, Double.NaN, Map.of(), List.of());

    /// In one line, with the features that helped most.
    @Override
    public String toString() {
      String most =
          gains.entrySet().stream()
              .sorted(Map.Entry.<RankFeature, Double>comparingByValue().reversed())
              .map(gain -> "%s %.3f".formatted(gain.getKey(), gain.getValue()))
              .collect(Collectors.joining(", "));
      String bins =
          calibration.stream()
              .map(bin -> "%d: %.4f→%.4f".formatted(bin.rows, bin.foretold, bin.observed))
              .collect(Collectors.joining(", "));
      return "%d trees, ndcg@10 %.4f by crossing, %.4f of the blend alone, %.4f of new items; gains: %s; foretold→observed: %s"
          .formatted(
              ranker.map(trees -> trees.trees().size()).orElse(0),
              ndcg,
              blendNdcg,
              newcomersNdcg,
              most,
              bins);
    }
  }

  /// Candidates that were given about the same probability.
  ///
  /// @param rows how many
  /// @param foretold their mean probability of being the next choice
  /// @param observed the share that was
  public record Reliability(long rows, double foretold, double observed) {}

  /// What the second look sees of a case; may be called by several threads.
  Looked look(Query query, Pool pool) {
    double[] blended = weights.score(pool.strengths(), pool.items(), query.profile().history());
    int[] looked = TreeRanker.best(query, pool.items(), pool.strengths(), blended);
    float[] rows = features.read(query, pool.items(), pool.strengths(), blended, looked);
    boolean[] own = new boolean[looked.length];
    boolean[] asNew = new boolean[looked.length];
    double[] scores = new double[looked.length];
    int answer = -1;
    for (int i = 0; i < looked.length; i++) {
      own[i] = pool.own()[looked[i]];
      asNew[i] = pool.asNew()[looked[i]];
      scores[i] = blended[looked[i]];
      answer = looked[i] == pool.target() ? i : answer;
    }
    return new Looked(rows, own, asNew, scores, answer);
  }

  /// Adds a case.
  void add(Looked looked) {
    cases.add(looked);
  }

  /// Adds what the last case added would be if its answer were new.
  void addNewcomer(Looked looked) {
    newcomers.put(cases.size() - 1, looked);
  }

  /// Learns.
  public Fitted fit(long seed, int threads) {
    if (cases.stream().filter(looked -> looked.answer >= 0).count() < MIN_ANSWERS
        || !BoostedTrees.isAvailable()) {
      return Fitted.NOTHING;
    }
    TreeEnsemble ofEven = BoostedTrees.learn(rows(half(0)), MAX_TREES, seed, threads).trees();
    TreeEnsemble ofOdd = BoostedTrees.learn(rows(half(1)), MAX_TREES, seed, threads).trees();
    List<double[]> scores = new ArrayList<>(cases.size());
    cases.forEach(looked -> scores.add(new double[looked.size()]));
    Gain blend = gain(cases.stream().map(Looked::blended).toList());
    Gain best = Gain.NONE;
    int trees = 0;
    List<double[]> bestScores = List.of();
    for (int from = 0; from < MAX_TREES; from += TREES_STEP) {
      int upTo = from + TREES_STEP;
      for (int i = 0; i < scores.size(); i++) {
        add(i % 2 == 0 ? ofOdd : ofEven, from, upTo, cases.get(i), scores.get(i));
      }
      Gain gain = gain(scores);
      if (gain.sum() > best.sum()) {
        best = gain;
        trees = upTo;
        bestScores = scores.stream().map(double[]::clone).toList();
      }
    }
    boolean worth = best.fresh >= blend.fresh && best.all >= blend.all && best.sum() > blend.sum();
    if (!worth) {
      return new Fitted(
          Optional.empty(), best.fresh, blend.fresh, Double.NaN, Map.of(), calibration(bestScores));
    }
    BoostedTrees.Learned all = BoostedTrees.learn(rows(range()), trees, seed, threads);
    return new Fitted(
        Optional.of(new TreeRanker(all.trees())),
        best.fresh,
        blend.fresh,
        newcomersGain(ofEven, ofOdd, trees),
        shares(all.gains()),
        calibration(bestScores));
  }

  /// Mean NDCG@10 of answers that are taken for new, beside all other items.
  private double newcomersGain(TreeEnsemble ofEven, TreeEnsemble ofOdd, int trees) {
    return newcomers.entrySet().stream()
        .mapToDouble(
            entry -> {
              Looked looked = entry.getValue();
              double[] scores = new double[looked.size()];
              add(entry.getKey() % 2 == 0 ? ofOdd : ofEven, 0, trees, looked, scores);
              return Gain.of(looked, scores).fresh;
            })
        .average()
        .orElse(Double.NaN);
  }

  private static void add(TreeEnsemble trees, int from, int upTo, Looked looked, double[] scores) {
    trees.add(
        Math.min(from, trees.size()),
        Math.min(upTo, trees.size()),
        looked.rows,
        looked.size(),
        RankFeature.COUNT,
        scores);
  }

  private IntStream range() {
    return IntStream.range(0, cases.size());
  }

  private IntStream half(int which) {
    return range().filter(i -> i % 2 == which);
  }

  private BoostedTrees.Rows rows(IntStream numbers) {
    RankRows.Counter size = new RankRows.Counter();
    int[] some = numbers.toArray();
    visit(some, size::row);
    RankRows rows = new RankRows(size.rows());
    visit(some, rows::row);
    return rows.made();
  }

  private void visit(int[] numbers, RankRows.Sink sink) {
    for (int number : numbers) {
      RankRows.ofCase(cases.get(number), newcomers.get(number), sink);
    }
  }

  /// Mean NDCG@10.
  ///
  /// @param fresh own items left out; a choice among these counts nothing
  /// @param all own items left in
  private record Gain(double fresh, double all) {
    static final Gain NONE = new Gain(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);

    /// Of one case.
    static Gain of(Looked looked, double[] scores) {
      if (looked.answer < 0) {
        return new Gain(0, 0);
      }
      int above = 0;
      int aboveFresh = 0;
      for (int i = 0; i < scores.length; i++) {
        if (scores[i] > scores[looked.answer]) {
          above++;
          aboveFresh += looked.own[i] ? 0 : 1;
        }
      }
      return new Gain(looked.own[looked.answer] ? 0 : discount(aboveFresh), discount(above));
    }

    double sum() {
      return fresh + all;
    }
  }

  private Gain gain(List<double[]> scores) {
    double fresh = 0;
    double all = 0;
    for (int c = 0; c < cases.size(); c++) {
      Gain gain = Gain.of(cases.get(c), scores.get(c));
      fresh += gain.fresh;
      all += gain.all;
    }
    return new Gain(fresh / cases.size(), all / cases.size());
  }

  private static double discount(int above) {
    return above < K ? Math.log(2) / Math.log(above + 2) : 0;
  }

  private static Map<RankFeature, Double> shares(double[] gains) {
    double sum = java.util.Arrays.stream(gains).sum();
    Map<RankFeature, Double> shares = new EnumMap<>(RankFeature.class);
    for (RankFeature feature : RankFeature.values()) {
      shares.put(feature, sum > 0 ? gains[feature.ordinal()] / sum : 0);
    }
    return shares;
  }

  /// Bins by powers of two of the probability: 1 to 1/2, 1/2 to 1/4, …
  private List<Reliability> calibration(List<double[]> odds) {
    int bins = 12;
    long[] rows = new long[bins];
    double[] foretold = new double[bins];
    long[] chosen = new long[bins];
    for (int c = 0; c < odds.size(); c++) {
      for (int i = 0; i < odds.get(c).length; i++) {
        double p = 1 / (1 + Math.exp(-odds.get(c)[i]));
        int bin = (int) Math.clamp(Math.floor(-Math.log(p) / Math.log(2)), 0, bins - 1);
        rows[bin]++;
        foretold[bin] += p;
        chosen[bin] += i == cases.get(c).answer ? 1 : 0;
      }
    }
    return IntStream.range(0, bins)
        .filter(bin -> rows[bin] > 0)
        .mapToObj(
            bin ->
                new Reliability(
                    rows[bin], foretold[bin] / rows[bin], chosen[bin] / (double) rows[bin]))
        .toList();
  }
}
