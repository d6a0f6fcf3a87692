package io.zhiyin.learning.train;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.RankFeatures;
import io.zhiyin.engine.rank.TreeRanker;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.learning.dataset.Case;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How all evidence is made one order: first the weights of the blend, then the learned second look
/// at what the blend likes best, both from validation cases that the evidence itself has not
/// fitted.
///
/// @param evidences gathers what speaks for the candidates of a case
/// @param counted what the evidence was counted from
public record EvidenceFit(Evidences evidences, RecallIndexes counted) {
  private static final System.Logger LOG = System.getLogger(EvidenceFit.class.getName());
  private static final int PROPOSALS = 200;

  public static EvidenceFit of(Catalog catalog, RecallIndexes counted, SequenceModel model) {
    return new EvidenceFit(
        new Evidences(catalog, Training.sources(counted, model), PROPOSALS), counted);
  }

  /// @param weights of the blend
  /// @param blendNdcg mean NDCG@10 of the cases that the weights were found on, own items left out
  /// @param ranked what came of learning the second look
  public record Fitted(BlendWeights weights, double blendNdcg, RankerFit.Fitted ranked) {
    public Optional<TreeRanker> ranker() {
      return ranked.ranker();
    }
  }

  /// How much is looked at.
  ///
  /// @param blendCases at most so many cases weigh the blend
  /// @param rankCases at most so many cases teach the ranker
  public record Effort(int blendCases, int rankCases) {}

  /// Fits on evenly spaced cases.
  ///
  /// @param done hears of each case that was looked at
  public Fitted fit(List<Case> cases, Effort effort, TrainingOptions options, Consumer<Case> done) {
    BlendFit blend = new BlendFit();
    spaced(cases, effort.blendCases()).parallelStream()
        .map(
            question ->
                heard(blend.look(evidences.of(question), question.before()), question, done))
        .forEachOrdered(blend::add);
    BlendFit.Fitted blended = blend.fit();
    RankerFit ranker = new RankerFit(new RankFeatures(counted), blended.weights());
    PastDropout dropout = PastDropout.of(evidences.catalog(), options.seed());
    List<Case> asked = spaced(cases, effort.rankCases());
    IntStream.range(0, asked.size())
        .parallel()
        .mapToObj(
            number ->
                heard(look(ranker, dropout, asked.get(number), number), asked.get(number), done))
        .forEachOrdered(look -> add(ranker, look));
    RankerFit.Fitted ranked = ranker.fit(options.seed(), options.threads());
    if (!ranked.calibration().isEmpty()) {
      LOG.log(System.Logger.Level.INFO, "Ranker: {0}", ranked);
    }
    return new Fitted(blended.weights(), blended.ndcg(), ranked);
  }

  /// A case with some items taken for new, and once more with its answer among these.
  private record Look(RankerFit.Looked usual, RankerFit.@Nullable Looked newcomer) {}

  private Look look(RankerFit ranker, PastDropout dropout, Case question, int number) {
    Query query = evidences.query(question);
    PastDropout.Played without =
        dropout.play(dropout.groupWithout(question.target(), number), question.before());
    int group = dropout.groupOf(question.target());
    boolean newcomer = !question.before().contains(question.target());
    return new Look(
        ranker.look(query, evidences.of(question, without)),
        newcomer
            ? ranker.look(query, evidences.of(question, dropout.play(group, question.before())))
            : null);
  }

  private static void add(RankerFit ranker, Look look) {
    ranker.add(look.usual());
    if (look.newcomer() != null) {
      ranker.addNewcomer(look.newcomer());
    }
  }

  private static <T> T heard(T value, Case question, Consumer<Case> done) {
    done.accept(question);
    return value;
  }

  private static List<Case> spaced(List<Case> cases, int most) {
    int n = Math.min(most, cases.size());
    return IntStream.range(0, n)
        .mapToObj(i -> cases.get((int) ((long) i * cases.size() / n)))
        .toList();
  }
}
