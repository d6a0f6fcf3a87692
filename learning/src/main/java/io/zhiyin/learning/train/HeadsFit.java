package io.zhiyin.learning.train;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.pipeline.Head;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rank.Heads;
import io.zhiyin.engine.rank.Heads.Learned;
import io.zhiyin.engine.rank.Heads.Quality;
import io.zhiyin.engine.rank.RankFeature;
import io.zhiyin.kernel.tree.TreeEnsemble;
import io.zhiyin.learning.dataset.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Learns [Heads]: which choices are followed by a favourite, a cart, a purchase?
///
/// How many trees, and whether they say more than the share of choices that were followed, is
/// decided by crossing over shoppers: each half is foretold by trees that were learned on the
/// other. A head is kept where its log loss is better than that constant's by more than chance
/// allows: 1.96 standard errors over shoppers.
public final class HeadsFit {
  private static final System.Logger LOG = System.getLogger(HeadsFit.class.getName());

  /// So many choices must have been followed, and so many not.
  static final int MIN_EACH = 100;

  private static final int MAX_TREES = 100;
  private static final int TREES_STEP = 10;
  private static final double CONFIDENCE = 1.96;

  private final HeadCases cases;
  private final TrainingOptions options;

  private HeadsFit(HeadCases cases, TrainingOptions options) {
    this.cases = cases;
    this.options = options;
  }

  /// Learns from the newest choices.
  ///
  /// @param histories all that happened
  /// @param most how many choices are looked at
  public static Heads fit(
      Catalog catalog, List<History> histories, int most, TrainingOptions options) {
    if (!BoostedTrees.isAvailable()) {
      return Heads.NONE;
    }
    HeadsFit fit = new HeadsFit(HeadCases.of(catalog, histories, most), options);
    List<Learned> learned = new ArrayList<>();
    for (Head head : Head.values()) {
      fit.head(head).ifPresent(learned::add);
    }
    return new Heads(learned);
  }

  /// Those choices that were bought within the window.
  ///
  /// @param histories of all shoppers, whole
  public static List<Case> bought(List<History> histories, List<Case> choices) {
    return choices.stream()
        .filter(c -> HeadCases.followed(histories.get(c.user()), c).contains(Head.PURCHASE))
        .toList();
  }

  private Optional<Learned> head(Head head) {
    int positives = cases.positives(head);
    if (Math.min(positives, cases.size() - positives) < MIN_EACH) {
      LOG.log(
          System.Logger.Level.INFO,
          "Head {0} is left out: of {1} choices {2} were followed by it, and {3} of either kind are needed",
          head.wireName(),
          cases.size(),
          positives,
          MIN_EACH);
      return Optional.empty();
    }
    Crossed best = crossed(head);
    Quality quality = best.quality(cases.size(), positives);
    boolean better = best.trees > 0 && best.surelyBetter(cases);
    LOG.log(
        System.Logger.Level.INFO,
        "Head {0}: {1}; {2}; foretold→observed: {3}",
        head.wireName(),
        better ? best.trees + " trees" : "left out, no better than a constant",
        quality,
        best.reliability());
    return better
        ? Optional.of(
            new Learned(
                head,
                BoostedTrees.learn(
                        rows(head, everyone()), best.trees, options.seed(), options.threads())
                    .trees(),
                quality))
        : Optional.empty();
  }

  private BoostedTrees.Rows rows(Head head, int[] some) {
    return cases.rows(head, some);
  }

  private int[] everyone() {
    return IntStream.range(0, cases.size()).toArray();
  }

  private int[] half(int which) {
    return IntStream.range(0, cases.size())
        .filter(i -> cases.cases().get(i).user() % 2 == which)
        .toArray();
  }

  /// The best number of trees by crossing.
  private Crossed crossed(Head head) {
    double[] answers = new double[cases.size()];
    double[] constant = new double[cases.size()];
    double[][] sums = new double[MAX_TREES / TREES_STEP][cases.size()];
    for (int which = 0; which < 2; which++) {
      BoostedTrees.Rows learnedOn = rows(head, half(1 - which));
      int[] asked = half(which);
      BoostedTrees.Rows questions = rows(head, asked);
      double share = share(learnedOn.answers());
      TreeEnsemble trees =
          BoostedTrees.learn(learnedOn, MAX_TREES, options.seed(), options.threads()).trees();
      double[] sum = new double[asked.length];
      for (int step = 0; step < sums.length; step++) {
        trees.add(
            Math.min(step * TREES_STEP, trees.size()),
            Math.min((step + 1) * TREES_STEP, trees.size()),
            questions.rows(),
            asked.length,
            RankFeature.COUNT,
            sum);
        for (int i = 0; i < asked.length; i++) {
          sums[step][asked[i]] = logistic(sum[i]);
        }
      }
      for (int i = 0; i < asked.length; i++) {
        answers[asked[i]] = questions.answers()[i];
        constant[asked[i]] = share;
      }
    }
    Crossed best = new Crossed(0, constant, constant, answers);
    for (int step = 0; step < sums.length; step++) {
      Crossed crossed = new Crossed((step + 1) * TREES_STEP, sums[step], constant, answers);
      best = crossed.logLoss(crossed.foretold) < best.logLoss(best.foretold) ? crossed : best;
    }
    return best;
  }

  /// Of either half there may be none: a constant of 0 or 1 would have an infinite loss.
  private static double share(float[] answers) {
    double sum = 0.5;
    for (float answer : answers) {
      sum += answer;
    }
    return sum / (answers.length + 1);
  }

  private static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /// What some number of trees, learned on the other half, foretold.
  ///
  /// @param foretold by case, the probability
  /// @param constant the same of the other half's share
  /// @param answers 1 where it followed, else 0
  private record Crossed(int trees, double[] foretold, double[] constant, double[] answers) {
    double logLoss(double[] probabilities) {
      return IntStream.range(0, answers.length).mapToDouble(i -> loss(probabilities, i)).sum()
          / answers.length;
    }

    private double loss(double[] probabilities, int i) {
      return -Math.log(answers[i] == 1 ? probabilities[i] : 1 - probabilities[i]);
    }

    private double brier(double[] probabilities) {
      double sum = 0;
      for (int i = 0; i < answers.length; i++) {
        double off = probabilities[i] - answers[i];
        sum += off * off;
      }
      return sum / answers.length;
    }

    Quality quality(int cases, int positives) {
      return new Quality(
          cases, positives, logLoss(foretold), logLoss(constant), brier(foretold), brier(constant));
    }

    /// Whether the gain over the constant, summed by shopper, is beyond chance.
    boolean surelyBetter(HeadCases cases) {
      Map<Integer, Double> gains = new TreeMap<>();
      for (int i = 0; i < answers.length; i++) {
        gains.merge(
            cases.cases().get(i).user(), loss(constant, i) - loss(foretold, i), Double::sum);
      }
      double n = gains.size();
      double mean = gains.values().stream().mapToDouble(gain -> gain).sum() / n;
      double squares =
          gains.values().stream().mapToDouble(gain -> (gain - mean) * (gain - mean)).sum();
      return n > 1 && mean > CONFIDENCE * Math.sqrt(squares / (n - 1) / n);
    }

    /// Five parts of as many cases, rising: the mean foretold and the share observed.
    String reliability() {
      int n = answers.length;
      int[] order =
          IntStream.range(0, n)
              .boxed()
              .sorted(java.util.Comparator.comparingDouble(i -> foretold[i]))
              .mapToInt(i -> i)
              .toArray();
      List<String> parts = new ArrayList<>();
      for (int part = 0; part < 5; part++) {
        double said = 0;
        double was = 0;
        int from = part * n / 5;
        int to = (part + 1) * n / 5;
        for (int i = from; i < to; i++) {
          said += foretold[order[i]];
          was += answers[order[i]];
        }
        parts.add("%.4f→%.4f".formatted(said / (to - from), was / (to - from)));
      }
      return String.join(", ", parts);
    }
  }
}
