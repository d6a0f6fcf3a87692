package io.zhiyin.lab.bench;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.ItemCondition;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.engine.profile.Shopper;
import io.zhiyin.engine.recommend.Recommender;
import io.zhiyin.engine.recommend.Scenarios;
import io.zhiyin.engine.recommend.Snapshot;
import io.zhiyin.engine.recommend.StageRunner;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Lists of a shop whose sequence source never comes back and does not hear interrupts: how long
/// they take beyond their budget, in one process, without HTTP. The first list of all, which reads
/// the classes, is counted apart: a server makes that one before it says that it is ready.
final class DeadlineBench {
  private static final Duration BUDGET = Duration.ofMillis(50);
  private static final int LISTS = 200;
  private static final int ITEMS = 1_000;

  private final Catalog catalog = new Catalog();
  private final CountDownLatch never = new CountDownLatch(1);

  List<Result> run() {
    for (int item = 0; item < ITEMS; item++) {
      catalog.apply(
          new CatalogEvent.ItemPut(
              new EventId("put" + item),
              Instant.EPOCH,
              new ItemId(LoadShop.itemId(item)),
              ItemFields.NONE));
    }
    double[] over = new double[LISTS];
    int degraded = 0;
    double first;
    try (StageRunner runner = new StageRunner()) {
      Recommender recommender =
          new Recommender(
              () -> Snapshot.EMPTY.with(new Hanging()),
              new Recommender.Settings(Scenarios.builtIn(), BUDGET),
              runner,
              new SecureRandom(),
              List.of());
      first = millis(() -> unhurried(runner).recommend(query()));
      for (int i = 0; i < LISTS; i++) {
        long start = System.nanoTime();
        Slate slate = recommender.recommend(query());
        over[i] = (System.nanoTime() - start - BUDGET.toNanos()) / 1e6;
        degraded += slate.degraded().equals(List.of("sequence: late")) ? 1 : 0;
      }
      never.countDown();
    }
    return List.of(
        Result.derived("deadline.budget", "ms", BUDGET.toNanos() / 1e6),
        new Result(
            "deadline.over-budget",
            "ms",
            Turns.quantile(over, 0.5),
            Turns.quantile(over, 0.5),
            Turns.quantile(over, 0.99),
            LISTS),
        Result.derived("deadline.over-budget.max", "ms", Turns.quantile(over, 1)),
        Result.derived("deadline.first-list", "ms", first),
        Result.derived("deadline.named-in-degraded", "share", degraded / (double) LISTS));
  }

  private static double millis(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  /// Without the source that hangs.
  private static Recommender unhurried(StageRunner runner) {
    return new Recommender(
        () -> Snapshot.EMPTY, Recommender.Settings.DEFAULT, runner, new SecureRandom(), List.of());
  }

  private Query query() {
    return new Query(
        ShopId.DEFAULT,
        "home-feed",
        Profile.unknown(new Shopper.User(new UserId("u"))),
        catalog,
        -1,
        new int[0],
        20,
        new ItemSlots(0),
        ItemCondition.ANY,
        Instant.EPOCH.plusSeconds(1),
        false);
  }

  private final class Hanging implements CandidateSource {
    @Override
    public Evidence evidence() {
      return Evidence.SEQUENCE;
    }

    @Override
    public void retrieve(Query query, int limit, Sink sink) {
      boolean waits = true;
      while (waits) {
        try {
          never.await();
          waits = false;
        } catch (InterruptedException _) {
          // does not hear it, as code that is stuck in a loop would not
        }
      }
    }
  }
}
