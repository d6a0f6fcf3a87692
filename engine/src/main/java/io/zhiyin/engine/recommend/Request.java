package io.zhiyin.engine.recommend;

import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.filter.Availability;
import io.zhiyin.engine.filter.Exclusions;
import io.zhiyin.engine.filter.FilterChain;
import io.zhiyin.engine.filter.OwnPurchases;
import io.zhiyin.engine.filter.RequestCondition;
import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.EvidenceTable;
import io.zhiyin.engine.pipeline.Filter;
import io.zhiyin.engine.pipeline.Objective;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Reranker;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.pipeline.Trace;
import io.zhiyin.engine.profile.Responses;
import io.zhiyin.engine.rank.Aim;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.recommend.Scenario.Rule;
import io.zhiyin.engine.rerank.Diversity;
import io.zhiyin.engine.rule.CapCount;
import io.zhiyin.engine.rule.Refused;
import io.zhiyin.engine.rule.RuleFilter;
import io.zhiyin.engine.rule.RulesInForce;
import io.zhiyin.engine.rule.Tired;
import io.zhiyin.engine.rule.Tuning;
import io.zhiyin.kernel.pool.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One request on its way through the stages: what is asked, by which rules, what was found so far
/// and how much time is left. Owned by the thread of the request.
final class Request {
  /// Candidates to expect.
  private static final int USUALLY = 600;

  private final Query query;
  private final Scenario scenario;
  private final Snapshot snapshot;
  private final FilterChain filters;
  private final List<CandidateSource> sources;
  private final RulesInForce rules;
  private final Tuning tuning;
  private final Responses responses;
  private final @Nullable Tired tired;
  private final Refused refused;
  private final long start = System.nanoTime();
  private final Duration budget;
  private final Trace trace = new Trace();
  private final List<Candidate> candidates = new ArrayList<>(USUALLY);
  private final Pool<Room> rooms;
  private final Room room;
  private final Set<String> degraded = new LinkedHashSet<>();

  /// What one request needs to itself and the next can use again.
  ///
  /// @param numbers of the candidates, in the order in which they were found first
  /// @param evidence for them
  record Room(ItemSlots numbers, EvidenceTable evidence) {
    static Pool<Room> pool() {
      return new Pool<>(
          () -> new Room(new ItemSlots(USUALLY), new EvidenceTable(USUALLY)), Room::clear);
    }

    private void clear() {
      numbers.clear();
      evidence.clear();
    }
  }

  /// @param rooms where its room comes from, and goes back to
  Request(
      Query asked,
      Scenario scenario,
      Snapshot snapshot,
      Adjustments adjustments,
      Duration budget,
      Pool<Room> rooms) {
    boolean cartUnknown = asked.cart().length == 0 && scenario.has(Rule.CART_FROM_HISTORY);
    this.query = cartUnknown ? asked.withCart(OpenCart.of(asked.profile().history())) : asked;
    this.scenario = scenario;
    this.snapshot = snapshot;
    this.budget = budget;
    this.rooms = rooms;
    this.room = rooms.take();
    List<Filter> chain = new ArrayList<>();
    chain.add(new Availability());
    chain.add(scenario.has(Rule.KEEPS_SEEDS) ? Exclusions.ofRequestOnly() : Exclusions.withSeeds());
    if (scenario.has(Rule.NO_OWN_PURCHASES)) {
      chain.add(new OwnPurchases(query.profile().history()));
    }
    chain.add(new RequestCondition());
    this.rules = RulesInForce.of(query, snapshot.rules(), adjustments.rules());
    if (rules.takesOut()) {
      chain.add(new RuleFilter(rules));
    }
    this.tuning = adjustments.tuning();
    this.responses = adjustments.responses();
    Tuning.Fatigue fatigue = snapshot.rules().set().tuning(scenario.name()).fatigue();
    this.tired = fatigue == null ? null : new Tired(query, fatigue, adjustments.shown());
    if (tired != null && tired.takesOut()) {
      chain.add(tired);
    }
    // what was asked for by name or category is there all the same, only far down
    this.refused = new Refused(query);
    if (!refused.isEmpty() && !scenario.has(Rule.GIVEN_CANDIDATES)) {
      chain.add(refused);
    }
    this.filters = new FilterChain(chain);
    this.sources = snapshot.sources().stream().map(source -> source.forRequest(query)).toList();
  }

  /// Gives back all room; no source is asked any more, and only what is shown has evidence from now
  /// on. Where a part of a stage was left behind, or anything else went wrong, nothing is used
  /// again: somebody may still be writing to it.
  void giveBack(List<Slate.Entry> shown) {
    if (degraded.isEmpty()) {
      sources.forEach(CandidateSource::giveBack);
      shown.forEach(entry -> entry.candidate().leaveTable(true));
      candidates.forEach(candidate -> candidate.leaveTable(false));
      rooms.giveBack(room);
    }
  }

  Query query() {
    return query;
  }

  Scenario scenario() {
    return scenario;
  }

  Snapshot snapshot() {
    return snapshot;
  }

  /// The sources, each for this request alone.
  List<CandidateSource> sources() {
    return sources;
  }

  Optional<CandidateSource> source(Evidence evidence) {
    return sources.stream().filter(source -> source.evidence() == evidence).findFirst();
  }

  FilterChain filters() {
    return filters;
  }

  /// The rules of the shop and of the request that hold here.
  RulesInForce rules() {
    return rules;
  }

  /// What the shopper saw too often lately, where that makes it less relevant.
  @Nullable Tired tired() {
    return tired == null || tired.takesOut() ? null : tired;
  }

  /// What the shopper is not interested in.
  Refused refused() {
    return refused;
  }

  /// How many of the last places explore.
  int explored() {
    return snapshot.rules().set().tuning(scenario.name()).explore();
  }

  /// How often items were shown and clicked.
  Responses responses() {
    return responses;
  }

  /// How the list is made varied: as the request says, else as the shop does, else as the scenario.
  Reranker diversity() {
    Tuning shop = snapshot.rules().set().tuning(scenario.name());
    Double dial = tuning.diversity() != null ? tuning.diversity() : shop.diversity();
    Diversity by = tuning.diversityBy() != null ? tuning.diversityBy() : shop.diversityBy();
    return (by == null ? Diversity.MMR : by).reranker(dial == null ? scenario.diversity() : dial);
  }

  Trace trace() {
    return trace;
  }

  Set<String> degraded() {
    return degraded;
  }

  /// Whether that source did not come back in time: whoever hangs is not waited for twice.
  boolean wasLate(Evidence source) {
    return degraded.contains(source.wireName() + ": late");
  }

  /// What is left of this share of the budget.
  Duration left(double share) {
    long until = (long) (budget.toNanos() * share);
    return Duration.ofNanos(Math.max(0, until - (System.nanoTime() - start)));
  }

  /// All candidates, in the order in which they were found first; not to be written to.
  List<Candidate> candidates() {
    return candidates;
  }

  /// The evidence for them.
  EvidenceTable evidence() {
    return room.evidence;
  }

  /// The items found so far, in the order in which they were found first.
  List<Integer> items() {
    return candidates.stream().map(Candidate::item).toList();
  }

  /// Whether the item was found.
  boolean has(int item) {
    return item >= 0 && room.numbers.has(item);
  }

  /// Whether a list of what was found so far has all the items wanted, by the caps in force.
  boolean isFull() {
    CapCount caps = new CapCount(rules);
    return found() >= query.n()
        && (!caps.isNeeded()
            || items().stream().filter(caps::takes).limit(query.n()).count() == query.n());
  }

  int found() {
    return candidates.size();
  }

  /// Takes over what a source found.
  void take(Offers offers) {
    Evidence source = offers.source();
    for (int i = 0; i < offers.size(); i++) {
      int number = room.numbers.put(offers.item(i));
      if (number == candidates.size()) {
        candidates.add(new Candidate(offers.item(i), room.evidence));
      }
      if (source != null) {
        Candidate candidate = candidates.get(number);
        candidate.retrievedBy(source);
        if (Float.isFinite(offers.strength(i))) {
          candidate.add(source, offers.strength(i));
        }
      }
    }
    offers.forEachFiltered(trace::filteredBy);
  }

  /// The weights that hold for this request. What a stranger searched for stays in its order.
  BlendWeights weights() {
    return scenario.weights().orElseGet(isCold() ? this::coldWeights : snapshot::weights);
  }

  /// The learned ranker, where it holds for this request: for a list that follows from what the
  /// shopper did, as it was learned, and by the shop's fitted weights.
  Optional<Snapshot.Ranker> ranker() {
    boolean learned =
        scenario.weights().isEmpty()
            && query.pageItem() < 0
            && query.cart().length == 0
            && query.profile().history().size() > 0;
    return learned ? snapshot.ranker() : Optional.empty();
  }

  /// What the ranker orders by, as the shop sets the scenario.
  Aim aim(Snapshot.Ranker ranker) {
    Objective objective = snapshot.rules().set().tuning(scenario.name()).objective();
    return objective == Objective.ENGAGEMENT ? Aim.ENGAGEMENT : new Aim(objective, ranker.heads());
  }

  private BlendWeights coldWeights() {
    return scenario.has(Rule.GIVEN_CANDIDATES) ? BlendWeights.NONE : BlendWeights.COLD;
  }

  /// Whether nothing at all points to what the shopper wants.
  private boolean isCold() {
    return query.profile().history().size() == 0
        && query.pageItem() < 0
        && query.cart().length == 0;
  }
}
