package io.zhiyin.engine.recommend;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.recommend.Scenario.Quota;
import io.zhiyin.engine.recommend.Scenario.Rule;
import io.zhiyin.engine.rule.CapCount;
import io.zhiyin.engine.rule.Supply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/// The first stage: asks the scenario's sources side by side and, where they leave the list short,
/// the fallback chain one by one, down to any item that may be shown. Filters hold in all of it.
final class Retrieval {
  private static final double SHARE_OF_SOURCES = 0.5;
  static final double SHARE_OF_FALLBACK = 0.65;
  private static final String FROM_CATALOG = "catalog";

  private final StageRunner runner;
  private final Degradations degradations;

  Retrieval(StageRunner runner, Degradations degradations) {
    this.runner = runner;
    this.degradations = degradations;
  }

  /// Fills the request with candidates.
  ///
  /// @return how many came from the scenario's own sources; those after them only fill the list up
  int run(Request request) {
    if (request.scenario().has(Rule.GIVEN_CANDIDATES)) {
      takeGiven(request);
      return request.found();
    }
    Set<Evidence> asked = EnumSet.noneOf(Evidence.class);
    ask(request, request.scenario().sources(), SHARE_OF_SOURCES, asked);
    int own = request.found();
    int wanted = request.query().n();
    if (!request.scenario().has(Rule.NO_FILLING)) {
      for (Evidence next : request.scenario().fallback()) {
        if (!request.isFull() && !asked.contains(next)) {
          ask(request, List.of(new Quota(next, 2 * wanted)), SHARE_OF_FALLBACK, asked);
        }
      }
      if (!request.isFull()) {
        takeAnyShowable(request);
      }
      if (Supply.mayBeNeeded(request.rules())) {
        new Supply(request.rules(), new SupplyFinder(request, this)).run(request::items);
      }
    }
    return own;
  }

  private void ask(Request request, List<Quota> quotas, double share, Set<Evidence> asked) {
    Query query = request.query();
    List<StageRunner.Part<Offers>> parts = new ArrayList<>();
    for (Quota quota : quotas) {
      asked.add(quota.source());
      Optional<CandidateSource> source = request.source(quota.source());
      source.ifPresent(
          found -> parts.add(part(request, found, Math.max(quota.limit(), query.n()))));
    }
    Duration left = request.left(share);
    for (StageRunner.Outcome<Offers> outcome : runner.run(parts, left)) {
      request.trace().took("recall " + outcome.name(), outcome.nanos());
      Offers offers = outcome.value();
      if (offers != null) {
        request.take(offers);
      } else {
        degrade(request, outcome);
      }
    }
  }

  private static StageRunner.Part<Offers> part(Request request, CandidateSource source, int limit) {
    return new StageRunner.Part<>(
        source.evidence().wireName(),
        () -> {
          Offers offers = new Offers(request.query(), request.filters(), source.evidence(), limit);
          source.retrieve(request.query(), limit, offers);
          return offers;
        });
  }

  /// Takes what a source offers and `wanted` lets through.
  ///
  /// @return the items
  List<Integer> askFor(Request request, Evidence evidence, IntPredicate wanted, int limit) {
    Optional<CandidateSource> source = request.snapshot().source(evidence);
    if (source.isEmpty()) {
      return List.of();
    }
    Offers offers = new Offers(request.query(), request.filters(), evidence, limit);
    CandidateSource.Sink sink =
        (item, strength) -> wanted.test(item) && offers.offer(item, strength);
    StageRunner.Part<Offers> part =
        new StageRunner.Part<>(
            evidence.wireName(),
            () -> {
              source.get().retrieve(request.query(), limit, sink);
              return offers;
            });
    StageRunner.Outcome<Offers> outcome =
        runner.run(List.of(part), request.left(SHARE_OF_FALLBACK)).getFirst();
    Offers taken = outcome.value();
    if (taken == null) {
      degrade(request, outcome);
      return List.of();
    }
    request.take(taken);
    return taken.items();
  }

  /// Marks the answer as degraded by a part that failed or was late.
  void degrade(Request request, StageRunner.Outcome<?> outcome) {
    String what = outcome.name() + ": " + outcome.failure();
    if (request.degraded().add(what)) {
      degradations.count(what);
    }
  }

  private static void takeGiven(Request request) {
    int[] given = request.query().candidates();
    Offers offers = new Offers(request.query(), request.filters(), null, given.length);
    for (int item : given) {
      offers.offer(item, Float.NaN);
    }
    request.take(offers);
  }

  /// The last resort: the newest items of the catalogue that pass the filters.
  private void takeAnyShowable(Request request) {
    long start = System.nanoTime();
    Catalog catalog = request.query().catalog();
    int limit = request.query().n() + request.found(); // some may be found already
    Offers offers = new Offers(request.query(), request.filters(), null, limit);
    CapCount caps = new CapCount(request.rules());
    request.items().forEach(caps::takes);
    CatalogWalk walk = new CatalogWalk(request, SHARE_OF_FALLBACK);
    int last = catalog.indexBound() - 1;
    for (int item = last; item >= 0 && !offers.isFull() && walk.goesOn(); item--) {
      boolean known = caps.isNeeded() && request.has(item);
      if (!known && caps.fullFor(item) == null && offers.offer(item, Float.NaN)) {
        caps.add(item);
      }
    }
    walk.report(this);
    request.take(offers);
    request.trace().took("recall " + FROM_CATALOG, System.nanoTime() - start);
  }
}
