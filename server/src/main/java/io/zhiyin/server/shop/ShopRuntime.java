package io.zhiyin.server.shop;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.Journal;
import io.zhiyin.engine.event.RecommendationId;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.explain.Explanation;
import io.zhiyin.engine.explain.TraceStore;
import io.zhiyin.engine.filter.AudienceExpressions;
import io.zhiyin.engine.filter.RequestExpressions;
import io.zhiyin.engine.model.SequenceWeights;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.SideEffect;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.PriceScale;
import io.zhiyin.engine.profile.Profiles;
import io.zhiyin.engine.profile.Responses;
import io.zhiyin.engine.profile.Shopper;
import io.zhiyin.engine.profile.ShownLately;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.engine.recommend.Adjustments;
import io.zhiyin.engine.recommend.Recommender;
import io.zhiyin.engine.recommend.Snapshot;
import io.zhiyin.engine.recommend.StageRunner;
import io.zhiyin.engine.rule.RuleBook;
import io.zhiyin.engine.rule.RuleExpressions;
import io.zhiyin.server.audit.AuditLog;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One shop, running: what is stored, what is fitted from it, and the recommender over both. Shops
/// share nothing but the process.
public final class ShopRuntime {
  /// Counting all of a larger shop takes more than a second or two.
  private static final int LARGE = 100_000;

  /// About so many items, and so many shoppers, are in a sample.
  private static final int SAMPLE = 2_000;

  /// On so many shoppers it is measured how many items a search must read.
  private static final int GROUPED_BY = 128;

  private static final System.Logger LOG = System.getLogger(ShopRuntime.class.getName());

  /// How many of the last events are read at the start for what was shown lately.
  private static final long SHOWN_TAIL = 100_000;

  private final ShopStore store;
  private final Clock clock;
  private final TraceStore traces;
  private final ModelShelf models;
  private final Recommender recommender;
  private final WarmUp warmUp;
  private final RequestExpressions expressions;
  private final RuleShelf rules;
  private final AuditLog audit;
  private final ShownLately shown;
  private final Responses responses;
  private final CategoryShelf categories = new CategoryShelf();
  private final SearchShelf search;
  private volatile @Nullable RecallIndexes indexes;
  private volatile PriceScale prices;
  private volatile Snapshot snapshot = Snapshot.EMPTY;
  private volatile long fittedEnd = -1;

  /// @param expressions compiles the conditions of this shop's requests
  /// @param budget how long making a list may take
  /// @param traces keeps what became of the answers; shared by all shops, which it keeps apart
  /// @param counted hears of every answer
  ShopRuntime(
      ShopStore store,
      ModelShelf models,
      RequestExpressions expressions,
      StageRunner stages,
      Duration budget,
      Clock clock,
      TraceStore traces,
      SideEffect counted) {
    this.store = store;
    this.clock = clock;
    this.traces = traces;
    this.search = new SearchShelf(store.catalog());
    this.prices =
        PriceScale.fit(store.catalog(), Math.max(1, store.catalog().indexBound() / LARGE));
    this.audit = new AuditLog(store.directory().resolve("audit"), clock);
    this.shown = new ShownLately(store.catalog().vocabulary());
    this.responses = new Responses(store.catalog().vocabulary());
    this.models = models;
    this.expressions = expressions;
    this.recommender =
        new Recommender(
            () -> snapshot,
            new Recommender.Settings(Recommender.Settings.DEFAULT.scenarios(), budget),
            stages,
            new SecureRandom(),
            List.of(traces, counted));
    this.warmUp = new WarmUp(() -> snapshot, stages);
    this.rules =
        new RuleShelf(
            new RuleBook(store.directory().resolve("rules")),
            store.catalog(),
            new RuleExpressions(expressions, new AudienceExpressions()),
            new TuningCheck(recommender.scenarios(), models::heads),
            clock,
            this::rerule);
  }

  public ShopId id() {
    return store.shop();
  }

  public Catalog catalog() {
    return store.catalog();
  }

  public Profiles profiles() {
    return store.profiles();
  }

  /// The shop's log, to read.
  public Journal journal() {
    return store.journal();
  }

  public ShopStore store() {
    return store;
  }

  public ModelShelf models() {
    return models;
  }

  public RequestExpressions expressions() {
    return expressions;
  }

  public CategoryShelf categories() {
    return categories;
  }

  /// What can be found by words.
  public SearchShelf search() {
    return search;
  }

  /// The counts behind the lists, as of the last fit; nothing before the first.
  public Optional<RecallIndexes> indexes() {
    return Optional.ofNullable(indexes);
  }

  /// Which prices are low and high, as of the last fit.
  public PriceScale prices() {
    return prices;
  }

  /// Appends what is new; when it returns, the events are on disk and the next request sees them.
  public List<Journal.Outcome> append(List<Event> events) throws IOException {
    List<Journal.Outcome> outcomes = store.append(events);
    for (int i = 0; i < events.size(); i++) {
      if (!outcomes.get(i).duplicate() && events.get(i) instanceof ShopperEvent event) {
        shown.apply(event);
        responses.apply(event);
      }
    }
    for (Event event : events) {
      if (event instanceof UserErased erased) {
        traces.forget(id(), new Shopper.User(erased.userId()));
        models.forgetSessions();
        shown.forget(new Shopper.User(erased.userId()));
      }
    }
    if (events.stream().anyMatch(CatalogEvent.class::isInstance)) {
      search.changed(events);
      models.readTexts(store.catalog());
    }
    return outcomes;
  }

  public Slate recommend(Query query, Adjustments adjustments) {
    return recommender.recommend(query, adjustments);
  }

  /// The list that a request would get now; counted nowhere, but its trace is kept.
  public Slate preview(Query query, Adjustments adjustments) {
    Recommender.Preview preview = recommender.preview(query, adjustments, rules.compiled());
    traces.accept(query, preview.slate(), preview.trace());
    return preview.slate();
  }

  /// What was shown to whom lately.
  public ShownLately shownLately() {
    return shown;
  }

  /// How often items were shown and clicked.
  public Responses responses() {
    return responses;
  }

  /// Reads what was shown lately from the end of the journal.
  void loadShown() throws IOException {
    long from = Math.max(0, store.journal().end() - SHOWN_TAIL);
    store
        .journal()
        .read(
            from,
            (_, event) -> {
              switch (event) {
                case ShopperEvent shopper -> {
                  shown.apply(shopper);
                  responses.apply(shopper);
                }
                case UserErased erased -> shown.forget(new Shopper.User(erased.userId()));
                case CatalogEvent _ -> {}
              }
            });
  }

  /// Who changed what.
  public AuditLog audit() {
    return audit;
  }

  /// What the shop wants of its lists.
  public RuleShelf rules() {
    return rules;
  }

  /// Reads the rules from disk.
  ///
  /// @throws io.zhiyin.cluster.journal.DataRefusedException when they are damaged
  void loadRules() throws IOException {
    rules.load();
  }

  public Recommender recommender() {
    return recommender;
  }

  /// What became of an answer and of the items that are not in it; kept for a while.
  public Optional<Explanation> explanation(RecommendationId id) {
    return traces.find(id(), id);
  }

  /// Whether anything was stored since the counts were made.
  boolean isStale() {
    return store.journal().end() != fittedEnd;
  }

  /// Makes the counts anew and puts them in place of the old ones, at once for all requests.
  void refit() {
    long end = store.journal().end();
    RecallIndexes fresh = RecallIndexes.fit(store.catalog(), store.histories(), clock.instant());
    prices = PriceScale.fit(store.catalog());
    indexes = fresh;
    reassemble();
    fittedEnd = end;
    groupItems();
  }

  private List<History> someHistories() {
    return some(GROUPED_BY);
  }

  /// Of at most so many shoppers from all over the shop, read once: to go through all shoppers for
  /// them takes as long as to count them.
  private List<History> some(int most) {
    List<History> some = new ArrayList<>();
    int step = Math.ceilDiv(Math.max(1, store.profiles().size()), most);
    store.histories(step).forEach(some::add);
    return some;
  }

  /// Whether the counts are of a sample only, until the first [#refit].
  boolean isRough() {
    return fittedEnd < 0;
  }

  /// The first counts of a shop that was just read: all of a small one, and of a large one those of
  /// a sample, so that it can answer at once.
  void firstFit() {
    int items = store.catalog().indexBound();
    int shoppers = store.profiles().size();
    if (Math.max(items, shoppers) <= LARGE) {
      refit();
      return;
    }
    int everyItem = 1 + items / SAMPLE;
    LOG.log(
        System.Logger.Level.INFO,
        "The shop ''{0}'' has {1} items and {2} shoppers: it answers from a sample of them until"
            + " all are counted.",
        id(),
        items,
        shoppers);
    indexes = RecallIndexes.rough(store.catalog(), everyItem, some(SAMPLE), clock.instant());
    reassemble();
  }

  /// Loads the model that the registry says is in use, and puts it to use.
  void loadModel() throws IOException {
    models.load(store.catalog());
    reassemble();
    groupItems();
  }

  /// Puts a model to use that was read before; [#groupItems] is for after it.
  void use(Optional<SequenceWeights> read) throws IOException {
    models.use(read, store.catalog());
    reassemble();
  }

  /// Has the items put together by nearness behind the requests, where that pays.
  void groupItems() {
    models.group(this::someHistories);
  }

  /// Makes some lists that nobody gets, so that the first shoppers need not wait for classes to be
  /// read and code to be compiled.
  ///
  /// @return how many
  public int warmUp() {
    return warmUp.run(this, clock.instant());
  }

  /// Puts another model to use while requests go on; each sees the old one or the new one.
  ///
  /// @throws io.zhiyin.engine.model.ModelException when there is no such model or it is damaged
  public void activate(String modelId) throws IOException {
    models.activate(modelId, store.catalog());
    reassemble();
    groupItems();
  }

  /// Puts the model to use again that was in use before, while requests go on.
  ///
  /// @throws io.zhiyin.engine.model.ModelException when there was none or it is damaged
  public void rollback() throws IOException {
    models.rollback(store.catalog());
    reassemble();
    groupItems();
  }

  private synchronized void reassemble() {
    RecallIndexes fitted = indexes;
    if (fitted != null) {
      snapshot = models.with(fitted).ruledBy(rules.compiled());
    }
  }

  private synchronized void rerule() {
    snapshot = snapshot.ruledBy(rules.compiled());
  }
}
