package io.zhiyin.engine.recommend;

import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Reranker;
import io.zhiyin.engine.pipeline.Scorer;
import io.zhiyin.engine.rank.BlendScorer;
import io.zhiyin.engine.rank.FusedWithGivenOrder;
import io.zhiyin.engine.rank.RankRoom;
import io.zhiyin.engine.rank.TreeScorer;
import io.zhiyin.engine.recommend.Scenario.Quota;
import io.zhiyin.engine.recommend.Scenario.Rule;
import io.zhiyin.engine.rule.Boosting;
import io.zhiyin.engine.rule.Placement;
import io.zhiyin.kernel.pool.Pool;
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
  private final Pool<RankRoom> rooms = new Pool<>(RankRoom::new, RankRoom::clear);

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
    List<Candidate> first = sorted(request, own == all.size() ? all : all.subList(0, own));
    first = boosting.apply(first, 0, request.trace());
    List<Candidate> filling = sorted(request, all.subList(own, all.size()));
    filling = boosting.apply(filling, own, request.trace());
    request.trace().ranked(joined(first, filling));
    request.trace().took("rank", System.nanoTime() - start);
    List<Candidate> result = joined(reranked(request, first), filling);
    return placed(
        request,
        Exploring.apply(
            result, request.query().n(), request.explored(), request.responses(), random));
  }

  /// Seldom is anything filled up: then nothing is copied.
  private static List<Candidate> joined(List<Candidate> first, List<Candidate> filling) {
    if (filling.isEmpty()) {
      return first;
    }
    List<Candidate> all = new ArrayList<>(first.size() + filling.size());
    all.addAll(first);
    all.addAll(filling);
    return all;
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
        request.evidence().measured(kinds.get(i), measured);
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

  private List<Candidate> sorted(Request request, List<Candidate> candidates) {
    if (candidates.isEmpty()) { // seldom is anything filled up: then no shopper need be read for it
      return candidates;
    }
    RankRoom room = rooms.take();
    Scorer scorer = scorer(request, room);
    if (request.scenario().has(Rule.GIVEN_CANDIDATES)) {
      scorer = new FusedWithGivenOrder(scorer);
    }
    scorer.score(request.query(), candidates);
    List<Candidate> order = bestFirst(candidates, room);
    rooms.giveBack(room);
    return order;
  }

  private static Scorer scorer(Request request, RankRoom room) {
    BlendScorer blend = new BlendScorer(request.weights(), room);
    return request
        .ranker()
        .<Scorer>map(
            ranker ->
                new TreeScorer(blend, ranker.trees(), ranker.features(), request.aim(ranker), room))
        .orElse(blend);
  }

  /// Ties stay as they were found. A key is the score turned round, as a number that rises with it,
  /// before the place.
  private static List<Candidate> bestFirst(List<Candidate> candidates, RankRoom room) {
    int n = candidates.size();
    long[] keys = room.keys(n);
    for (int i = 0; i < n; i++) {
      int bits = Float.floatToIntBits(-candidates.get(i).score());
      keys[i] = (long) (bits ^ ((bits >> 31) & Integer.MAX_VALUE)) << 32 | i;
    }
    Arrays.sort(keys, 0, n);
    List<Candidate> order = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      order.add(candidates.get((int) keys[i]));
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
