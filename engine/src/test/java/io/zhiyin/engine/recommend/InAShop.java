package io.zhiyin.engine.recommend;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.recall.RecallIndexes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/// A shop to recommend in, and a recommender over whatever was fitted on it.
abstract class InAShop {
  final Shop shop = new Shop();
  final StageRunner runner = new StageRunner();

  @AfterEach
  void close() {
    runner.close();
  }

  Recommender over(Snapshot snapshot, Duration budget) {
    return new Recommender(
        () -> snapshot,
        new Recommender.Settings(Scenarios.builtIn(), budget),
        runner,
        new Random(1),
        List.of());
  }

  Slate slate(Snapshot snapshot, Query query) {
    return over(snapshot, Duration.ofSeconds(20)).recommend(query);
  }

  static List<String> ids(Slate slate) {
    return slate.items().stream().map(entry -> entry.itemId().value()).toList();
  }

  void putItems(int n) {
    for (int i = 0; i < n; i++) {
      shop.put("i" + i, "Thing " + i, "Category " + i % 3, "Brand " + i % 2, 10 + i);
    }
  }

  /// A shop where somebody did something: five beauty items and five home items, bought and looked
  /// at by twenty shoppers each.
  Snapshot busyShop() {
    for (int i = 0; i < 5; i++) {
      shop.put("b" + i, "Nail polish " + i, "Beauty > Nails", "Opi", 10 + i);
      shop.put("h" + i, "Oak chair " + i, "Home > Chairs", "Ikea", 100 + i);
    }
    List<History> histories = new ArrayList<>();
    Random random = new Random(3);
    for (int shopper = 0; shopper < 40; shopper++) {
      String side = shopper % 2 == 0 ? "b" : "h";
      int[] walk = random.ints(0, 5).distinct().limit(4).map(i -> shop.index(side + i)).toArray();
      histories.add(Shop.history(EventKind.DETAIL_PAGE_VIEW, walk));
      long hourAgo = Shop.NOW.minus(Duration.ofHours(1)).toEpochMilli();
      histories.add(
          Shop.history(EventKind.PURCHASE_COMPLETE, walk[0])
              .plus(EventKind.PURCHASE_COMPLETE, walk[1], hourAgo));
    }
    return Snapshot.of(
        RecallIndexes.fit(shop.catalog(), histories, Shop.NOW), BlendWeights.DEFAULT);
  }

  History viewed(String... ids) {
    int[] items = Arrays.stream(ids).mapToInt(shop::index).toArray();
    return Shop.history(EventKind.DETAIL_PAGE_VIEW, items);
  }

  /// A source that offers one item, and measures nothing before the latch is open.
  class MeasuringOnceOpen implements CandidateSource {
    private final String offered;
    private final CountDownLatch open;
    private final AtomicInteger givenBack = new AtomicInteger();

    MeasuringOnceOpen(String offered, CountDownLatch open) {
      this.offered = offered;
      this.open = open;
    }

    @Override
    public Evidence evidence() {
      return Evidence.SEQUENCE;
    }

    @Override
    public void retrieve(Query query, int limit, Sink sink) {
      sink.offer(shop.index(offered), 1);
    }

    @Override
    public float[] measure(Query query, int[] items) {
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return new float[items.length];
    }

    @Override
    public void giveBack() {
      givenBack.incrementAndGet();
    }

    /// How often it was told to give its room back.
    int givenBack() {
      return givenBack.get();
    }
  }

  /// A source that throws.
  record Failing(Evidence evidence) implements CandidateSource {
    @Override
    public void retrieve(Query query, int limit, Sink sink) {
      throw new IllegalStateException("out of order");
    }

    @Override
    public float[] measure(Query query, int[] items) {
      throw new IllegalStateException("out of order");
    }
  }
}
