package io.zhiyin.engine.recommend;

import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.Heads;
import io.zhiyin.engine.rank.RankFeatures;
import io.zhiyin.engine.rank.TreeRanker;
import io.zhiyin.engine.recall.BasketSource;
import io.zhiyin.engine.recall.ContentSource;
import io.zhiyin.engine.recall.NewSource;
import io.zhiyin.engine.recall.PopularSource;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.engine.recall.RecentlyViewedSource;
import io.zhiyin.engine.recall.SequenceSource;
import io.zhiyin.engine.recall.TransitionSource;
import io.zhiyin.engine.recall.TrendingSource;
import io.zhiyin.engine.rule.CompiledRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything fitted that one request reads: immutable, replaced as a whole, so that a request
/// never sees half of an old and half of a new one.
///
/// @param modelId the id of the model that takes part, or [#NO_MODEL]
/// @param sources at most one for each kind of evidence
/// @param weights how the evidence is added up
/// @param ranker the learned second look at the best, where one was learned
/// @param rules what the shop wants of its lists
public record Snapshot(
    String modelId,
    List<CandidateSource> sources,
    BlendWeights weights,
    Optional<Ranker> ranker,
    CompiledRules rules) {

  /// A learned ranker with what it reads its features from.
  ///
  /// @param heads what may follow on a choice, for scenarios that want more than the next choice
  public record Ranker(TreeRanker trees, RankFeatures features, Heads heads) {
    /// Without heads.
    public Ranker(TreeRanker trees, RankFeatures features) {
      this(trees, features, Heads.NONE);
    }
  }

  public static final String NO_MODEL = "none";

  /// Nothing fitted yet: only the catalogue itself can fill a list.
  public static final Snapshot EMPTY = new Snapshot(NO_MODEL, List.of(), BlendWeights.DEFAULT);

  /// @throws IllegalArgumentException when two sources have the same kind of evidence
  public Snapshot {
    sources = List.copyOf(sources);
    if (sources.stream().map(CandidateSource::evidence).distinct().count() < sources.size()) {
      throw new IllegalArgumentException("two sources of the same kind of evidence");
    }
  }

  /// Without a learned ranker.
  public Snapshot(String modelId, List<CandidateSource> sources, BlendWeights weights) {
    this(modelId, sources, weights, Optional.empty(), CompiledRules.NONE);
  }

  /// Without rules of the shop.
  public Snapshot(
      String modelId,
      List<CandidateSource> sources,
      BlendWeights weights,
      Optional<Ranker> ranker) {
    this(modelId, sources, weights, ranker, CompiledRules.NONE);
  }

  /// Counted evidence and content, without a model.
  public static Snapshot of(RecallIndexes indexes, BlendWeights weights) {
    return new Snapshot(
        NO_MODEL,
        List.of(
            new TransitionSource(indexes.transitions()),
            new BasketSource(indexes.baskets()),
            new ContentSource(indexes.content()),
            new PopularSource(indexes.popularity()),
            new TrendingSource(indexes.trending()),
            new NewSource(indexes.arrivals()),
            new RecentlyViewedSource()),
        weights);
  }

  /// The same with a sequence model.
  public static Snapshot of(RecallIndexes indexes, SequenceModel model, BlendWeights weights) {
    Snapshot counted = of(indexes, weights).with(new SequenceSource(model));
    return new Snapshot(model.id(), counted.sources(), weights);
  }

  /// Counted evidence, a sequence model, and the ranker that was learned with it.
  public static Snapshot of(
      RecallIndexes indexes,
      SequenceModel model,
      BlendWeights weights,
      Optional<TreeRanker> ranker,
      Heads heads) {
    Snapshot blended = of(indexes, model, weights);
    return new Snapshot(
        blended.modelId,
        blended.sources,
        weights,
        ranker.map(trees -> new Ranker(trees, new RankFeatures(indexes), heads)),
        CompiledRules.NONE);
  }

  /// This snapshot with one more source.
  public Snapshot with(CandidateSource source) {
    List<CandidateSource> more = new ArrayList<>(sources);
    more.add(source);
    return new Snapshot(modelId, more, weights, ranker, rules);
  }

  /// This snapshot with these rules of the shop.
  public Snapshot ruledBy(CompiledRules wishes) {
    return new Snapshot(modelId, sources, weights, ranker, wishes);
  }

  /// This snapshot with that source in the place of the one of its kind of evidence.
  public Snapshot replacing(CandidateSource source) {
    List<CandidateSource> others = new ArrayList<>(sources);
    others.removeIf(other -> other.evidence() == source.evidence());
    others.add(source);
    return new Snapshot(modelId, others, weights, ranker);
  }

  public Optional<CandidateSource> source(Evidence evidence) {
    return sources.stream().filter(source -> source.evidence() == evidence).findFirst();
  }
}
