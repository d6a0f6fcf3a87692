package io.zhiyin.server.shop;

import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.explain.TraceStore;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.engine.profile.Shopper;
import io.zhiyin.engine.recommend.Adjustments;
import io.zhiyin.engine.recommend.Recommender;
import io.zhiyin.engine.recommend.Scenarios;
import io.zhiyin.engine.recommend.Snapshot;
import io.zhiyin.engine.recommend.StageRunner;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// Lists that nobody gets, made before a server says that it is ready. The first lists of a process
/// take a hundred times as long as later ones, while classes are read and code is interpreted, and
/// no stage's budget holds that off: the shoppers who come right after a start would wait for it.
/// They are counted nowhere, and their traces are thrown away.
final class WarmUp {
  private static final System.Logger LOG = System.getLogger(WarmUp.class.getName());

  private static final Duration LONGEST = Duration.ofSeconds(1);
  private static final Duration PATIENT = Duration.ofSeconds(10);
  private static final int MOST = 100;
  private static final int N = 20;
  private static final String SCENARIO = "home-feed";

  /// Holds for every item with a price: what is compiled for it, others need too.
  private static final String CONDITION = "price >= 0.0";

  private final Recommender recommender;

  WarmUp(Supplier<Snapshot> state, StageRunner stages) {
    this.recommender =
        new Recommender(
            state,
            new Recommender.Settings(Scenarios.builtIn(), PATIENT),
            stages,
            new SecureRandom(),
            List.of(new TraceStore()));
  }

  /// Makes lists of the shop for some of its shoppers, for a second at most.
  ///
  /// @return how many
  int run(ShopRuntime shop, Instant now) {
    long start = System.nanoTime();
    int made = 0;
    try {
      int step = Math.max(1, shop.profiles().size() / MOST);
      for (Shopper shopper : shop.profiles().shoppers(step).limit(MOST).toList()) {
        if (System.nanoTime() - start > LONGEST.toNanos()) {
          break;
        }
        recommender.recommend(query(shop, shop.profiles().of(shopper), now), Adjustments.NONE);
        made++;
      }
    } catch (RuntimeException e) { // who asks for a list will hear of it; the start goes on
      LOG.log(System.Logger.Level.WARNING, "The first lists will be slow: warming up failed", e);
    }
    return made;
  }

  private static Query query(ShopRuntime shop, Profile profile, Instant now) {
    return new Query(
        shop.id(),
        SCENARIO,
        profile,
        shop.catalog(),
        Vocabulary.UNKNOWN,
        new int[0],
        N,
        new ItemSlots(0),
        shop.expressions().compile(CONDITION).at(now),
        now,
        false,
        new int[0]);
  }
}
