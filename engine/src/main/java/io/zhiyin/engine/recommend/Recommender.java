package io.zhiyin.engine.recommend;

import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.RecommendationId;
import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.SideEffect;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.pipeline.Trace;
import io.zhiyin.engine.rule.CompiledRules;
import io.zhiyin.kernel.pool.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The assembled recommender of one shop: recall, filter, rank, rerank, within a budget of time.
///
/// It reads one [Snapshot] at the start of each request. What fails or is late is left out, counted
/// and named in the answer; the list is filled from the rest. The filters are asked once more just
/// before the list leaves, so that an item sold out meanwhile is not in it. Safe for use by many
/// threads at once.
public final class Recommender {
  public static final Duration DEFAULT_BUDGET = Duration.ofMillis(300);

  private final Supplier<Snapshot> state;
  private final Settings settings;
  private final RandomGenerator random;
  private final List<SideEffect> sideEffects;
  private final Degradations degradations = new Degradations();
  private final Retrieval retrieval;
  private final Ranking ranking;
  private final Pool<Request.Room> rooms = Request.Room.pool();

  /// @param budget how long an answer may take
  public record Settings(Scenarios scenarios, Duration budget) {
    public static final Settings DEFAULT = new Settings(Scenarios.builtIn(), DEFAULT_BUDGET);
  }

  /// @param state gives what is fitted now
  /// @param runner shared by all recommenders of a process, which also closes it
  /// @param random where recommendation ids come from; used by many threads, so it must be safe for
  ///   that (as [java.security.SecureRandom] is)
  /// @param sideEffects what to do with each answer, in order
  public Recommender(
      Supplier<Snapshot> state,
      Settings settings,
      StageRunner runner,
      RandomGenerator random,
      List<SideEffect> sideEffects) {
    this.state = state;
    this.settings = settings;
    this.random = random;
    this.sideEffects = List.copyOf(sideEffects);
    this.retrieval = new Retrieval(runner, degradations);
    this.ranking = new Ranking(runner, retrieval);
  }

  /// The list for the query: at most `n` items, fewer only where fewer may be shown (or where the
  /// scenario does not fill up).
  ///
  /// @throws InvalidFieldException when there is no such scenario or `n` is out of range
  public Slate recommend(Query query) {
    return recommend(query, Adjustments.NONE);
  }

  /// The same, with what this request wants differently.
  public Slate recommend(Query query, Adjustments adjustments) {
    Request request = request(query, state.get(), adjustments);
    Slate slate = make(request);
    for (SideEffect sideEffect : sideEffects) {
      attempt("side-effect", () -> sideEffect.accept(request.query(), slate, request.trace()));
    }
    return slate;
  }

  /// The list as it would be under other rules of the shop; nobody hears of it.
  public Preview preview(Query query, Adjustments adjustments, CompiledRules rules) {
    Request request = request(query, state.get().ruledBy(rules), adjustments);
    Slate slate = make(request);
    return new Preview(slate, request.trace());
  }

  /// Says of items, by index, whether they may be on this list at all: the filters and the rules of
  /// the shop, as they hold for it. For one thread.
  public IntPredicate showable(Query query, Adjustments adjustments) {
    Request request = request(query, state.get(), adjustments);
    request.giveBack(List.of()); // its filters need none of it
    return item -> request.filters().rejection(request.query(), item) == null;
  }

  /// A list that nobody was shown, with what happened to every item.
  public record Preview(Slate slate, Trace trace) {}

  private Request request(Query query, Snapshot snapshot, Adjustments adjustments) {
    if (query.n() < 1 || query.n() > Query.MAX_N) {
      throw new InvalidFieldException("n", query.n(), "must be between 1 and " + Query.MAX_N);
    }
    Scenario scenario =
        settings
            .scenarios()
            .named(query.scenario())
            .drawingOn(snapshot.rules().set().tuning(query.scenario()).sources());
    return new Request(query, scenario, snapshot, adjustments, settings.budget(), rooms);
  }

  private Slate make(Request request) {
    int own = retrieval.run(request);
    List<Candidate> order = ranking.run(request, own, random);
    Slate slate = slate(request, order);
    attempt("speakers", () -> noteSpeakers(request, slate));
    request.giveBack(slate.items());
    return slate;
  }

  private Slate slate(Request request, List<Candidate> order) {
    Query query = request.query();
    List<Slate.Entry> entries = new ArrayList<>(query.n());
    for (Candidate candidate : order) {
      if (entries.size() == query.n()) {
        break;
      }
      String rejection = request.filters().rejection(query, candidate.item());
      if (rejection == null) {
        entries.add(
            new Slate.Entry(
                candidate.item(),
                query.catalog().vocabulary().idOf(candidate.item()),
                candidate.score(),
                entries.size() + 1,
                candidate));
      } else {
        request.trace().filteredBy(candidate.item(), rejection);
      }
    }
    return new Slate(
        newId(),
        query.scenario(),
        request.snapshot().modelId(),
        List.copyOf(entries),
        List.copyOf(request.degraded()));
  }

  /// Notes for each item shown which item of the shopper, page or cart spoke for it.
  private static void noteSpeakers(Request request, Slate slate) {
    List<Candidate> spokenFor = new ArrayList<>(slate.items().size());
    for (CandidateSource source : request.sources()) {
      Evidence kind = source.evidence();
      spokenFor.clear();
      for (Slate.Entry entry : slate.items()) {
        if (entry.candidate().evidence(kind) > 0) {
          spokenFor.add(entry.candidate());
        }
      }
      if (spokenFor.isEmpty()) { // perhaps as the source hangs
        continue;
      }
      int[] items = new int[spokenFor.size()];
      Arrays.setAll(items, i -> spokenFor.get(i).item());
      int[] speakers = source.because(request.query(), items);
      for (int i = 0; i < speakers.length; i++) {
        spokenFor.get(i).because(kind, speakers[i]);
      }
    }
  }

  private RecommendationId newId() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return new RecommendationId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// Runs what must not fail the answer.
  private void attempt(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException _) {
      degradations.count(what + ": failed");
    }
  }

  /// What was left out of answers since the start.
  public Degradations degradations() {
    return degradations;
  }

  public Scenarios scenarios() {
    return settings.scenarios();
  }
}
