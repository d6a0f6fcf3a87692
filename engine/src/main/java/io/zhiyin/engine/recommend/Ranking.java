package io.zhiyin.engine.recommend;

import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Reranker;
import io.zhiyin.engine.pipeline.Scorer;
import io.zhiyin.engine.rank.BlendScorer;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.FusedWithGivenOrder;
import io.zhiyin.engine.rank.TreeScorer;
import io.zhiyin.engine.recommend.Scenario.Quota;
import io.zhiyin.engine.recommend.Scenario.Rule;
import io.zhiyin.engine.rule.Boosting;
import io.zhiyin.engine.rule.Placement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// The second stage: measures all evidence of all candidates, whichever source found them, scores,
/// sorts and reranks.
final class Ranking {
  private static final double SHARE_OF_MEASURING = 0.9;

  private final StageRunner runner;
  private final Retrieval retrieval;

  Ranking(StageRunner runner, Retrieval retrieval) {
    this.runner = runner;
    this.retrieval = retrieval;
  }

  /// The candidates in their final order.
  ///
  /// @param random what explores draws from it
  /// @param own how many of the request's candidates, from the first, came from the scenario's own
  ///   sources; the others are scored apart and stay behind them
  List<Candidate> run(Request request, int own, RandomGenerator random) {
    List<Candidate> all = request.candidates();
    measure(request, all);
    long start = System.nanoTime();
    Boosting boosting = new Boosting(request.rules(), request.tired(), request.refused());
    List<Candidate> first = sorted(request, all.subList(0, own));
    first = boosting.apply(first, 0, request.trace());
    List<Candidate> filling = sorted(request, all.subList(own, all.size()));
    filling = boosting.apply(filling, own, request.trace());
    List<Candidate> order = new ArrayList<>(first);
    order.addAll(filling);
    request.trace().ranked(order);
    request.trace().took("rank", System.nanoTime() - start);
    List<Candidate> result = new ArrayList<>(reranked(request, first));
    result.addAll(filling);
    return placed(
        request,
        Exploring.apply(
            result, request.query().n(), request.explored(), request.responses(), random));
  }

  /// The shop's last word: what stands where, and how much of what.
  private static List<Candidate> placed(Request request, List<Candidate> order) {
    Placement placement = new Placement(request.rules());
    if (!placement.isNeeded()) {
      return order;
    }
    long start = System.nanoTime();
    List<Candidate> showable = new ArrayList<>(order.size());
    for (Candidate candidate : order) {
      String rejection = request.filters().rejection(request.query(), candidate.item());
      if (rejection == null) {
        showable.add(candidate);
      } else {
        request.trace().filteredBy(candidate.item(), rejection);
      }
    }
    List<Candidate> list = placement.of(showable, request.trace());
    request.trace().took("rules", System.nanoTime() - start);
    return list;
  }

  private void measure(Request request, List<Candidate> candidates) {
    int[] items = candidates.stream().mapToInt(Candidate::item).toArray();
    List<StageRunner.Part<float[]>> parts = new ArrayList<>();
    List<Evidence> kinds = new ArrayList<>();
    for (CandidateSource source : request.sources()) {
      if (matters(request, source.evidence()) && !request.wasLate(source.evidence())) {
        kinds.add(source.evidence());
        parts.add(
            new StageRunner.Part<>(
                source.evidence().wireName(), () -> source.measure(request.query(), items)));
      }
    }
    List<StageRunner.Outcome<float[]>> outcomes =
        runner.run(parts, request.left(SHARE_OF_MEASURING));
    for (int i = 0; i < outcomes.size(); i++) {
      StageRunner.Outcome<float[]> outcome = outcomes.get(i);
      request.trace().took("measure " + outcome.name(), outcome.nanos());
      float[] measured = outcome.value();
      if (measured != null) {
        note(candidates, kinds.get(i), measured);
      } else {
        retrieval.degrade(request, outcome);
      }
    }
  }

  private static boolean matters(Request request, Evidence evidence) {
    return request.weights().counts(evidence)
        || request.ranker().isPresent()
        || request.scenario().sources().stream()
            .map(Quota::source)
            .anyMatch(source -> source == evidence);
  }

  private static void note(List<Candidate> candidates, Evidence evidence, float[] measured) {
    for (int i = 0; i < candidates.size(); i++) {
      float strength = measured[i];
      if (Float.isFinite(strength)) {
        candidates.get(i).add(evidence, strength);
      }
    }
  }

  private static List<Candidate> sorted(Request request, List<Candidate> candidates) {
    if (candidates.isEmpty()) { // seldom is anything filled up: then no shopper need be read for it
      return candidates;
    }
    BlendWeights weights = request.weights();
    Scorer scorer =
        request
            .ranker()
            .<Scorer>map(
                ranker ->
                    new TreeScorer(weights, ranker.trees(), ranker.features(), request.aim(ranker)))
            .orElseGet(() -> new BlendScorer(weights));
    if (request.scenario().has(Rule.GIVEN_CANDIDATES)) {
      scorer = new FusedWithGivenOrder(scorer);
    }
    scorer.score(request.query(), candidates);
    return bestFirst(candidates);
  }

  /// Ties stay as they were found. A key is the score turned round, as a number that rises with it,
  /// before the place.
  private static List<Candidate> bestFirst(List<Candidate> candidates) {
    long[] keys = new long[candidates.size()];
    for (int i = 0; i < keys.length; i++) {
      int bits = Float.floatToIntBits(-candidates.get(i).score());
      keys[i] = (long) (bits ^ ((bits >> 31) & Integer.MAX_VALUE)) << 32 | i;
    }
    Arrays.sort(keys);
    List<Candidate> order = new ArrayList<>(keys.length);
    for (long key : keys) {
      order.add(candidates.get((int) key));
    }
    return order;
  }

  private static List<Candidate> reranked(Request request, List<Candidate> ranked) {
    Query query = request.query();
    List<Candidate> order = ranked;
    for (Reranker reranker : List.of(request.diversity(), request.scenario().caps())) {
      long start = System.nanoTime();
      order = reranker.rerank(query, order);
      request.trace().took(reranker.name(), System.nanoTime() - start);
    }
    return order;
  }
}
