package io.zhiyin.server.command;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.pipeline.ItemCondition;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.engine.recall.BatchedSequenceSource;
import io.zhiyin.engine.recommend.Recommender;
import io.zhiyin.engine.recommend.Scenarios;
import io.zhiyin.engine.recommend.Snapshot;
import io.zhiyin.engine.recommend.StageRunner;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The lists of a shop that is not served, for many shoppers at a time: all of a batch are scored
/// by the model together, then each list goes through the same stages as a request.
final class ManyLists implements AutoCloseable {
  private static final Duration PATIENT = Duration.ofSeconds(10);

  /// Items kept of each shopper's best, before what may not be shown is left out.
  private static final int KEPT = 400;

  private final ShopStore store;
  private final String scenario;
  private final int n;
  private final Instant now;
  private final StageRunner stages = new StageRunner();
  private final Snapshot snapshot;
  private final Optional<SequenceModel> model;
  private final Recommender recommender;
  private volatile Snapshot current;

  private ManyLists(
      ShopStore store, Instant now, String scenario, int n, ReasonedLists.Fitted fitted) {
    this.store = store;
    this.scenario = scenario;
    this.n = n;
    this.now = now;
    snapshot = fitted.snapshot();
    current = snapshot;
    model = fitted.model();
    Scenarios scenarios = Scenarios.builtIn();
    if (!scenarios.names().contains(scenario)) {
      throw new InvalidFieldException(
          "scenario", scenario, "must be one of " + String.join(", ", scenarios.names()));
    }
    recommender =
        new Recommender(
            () -> current,
            new Recommender.Settings(scenarios, PATIENT),
            stages,
            new SecureRandom(),
            List.of());
  }

  static ManyLists of(ShopStore store, Clock clock, String scenario, int n) throws IOException {
    return new ManyLists(store, clock.instant(), scenario, n, ReasonedLists.fitted(store, clock));
  }

  /// One list each, in order.
  ///
  /// @param together whether the model scores them together
  List<Slate> of(List<Profile> profiles, boolean together) {
    current =
        together && model.isPresent()
            ? snapshot.replacing(BatchedSequenceSource.of(model.get(), profiles, KEPT))
            : snapshot;
    return profiles.parallelStream().map(profile -> recommender.recommend(query(profile))).toList();
  }

  private Query query(Profile profile) {
    return new Query(
        store.shop(),
        scenario,
        profile,
        store.catalog(),
        Vocabulary.UNKNOWN,
        new int[0],
        n,
        new ItemSlots(0),
        ItemCondition.ANY,
        now,
        false);
  }

  @Override
  public void close() {
    stages.close();
  }
}
