package io.zhiyin.lab.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.pipeline.ItemCondition;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.engine.recommend.Recommender;
import io.zhiyin.engine.recommend.Recommender.Settings;
import io.zhiyin.engine.recommend.Scenarios;
import io.zhiyin.engine.recommend.Snapshot;
import io.zhiyin.engine.recommend.StageRunner;
import io.zhiyin.lab.simulate.ShopEvent.Who;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The product's own recommender, measured by what the simulated shoppers truly want. It has the
/// counted evidence only: training a model is for the demo and for `evaluate`.
class RecommendedListsTest {
  private static final int SHOPPERS = 60;
  private static final int SHOWN = 10;

  private final SimulatedShop shop = Small.shop();
  private final Clock clock = Clock.fixed(Small.NOW, ZoneOffset.UTC);

  @TempDir private Path folder;

  @Test
  void sellClearlyMoreThanBestsellersAndFarMoreThanAnything() throws IOException {
    try (ShopStore store = ShopStore.open(folder.resolve("data"), ShopId.DEFAULT, clock);
        StageRunner stages = new StageRunner()) {
      store.append(ShopPast.events(shop, folder, clock));
      assertEquals(shop.productCount(), store.catalog().documents());
      Snapshot snapshot =
          Snapshot.of(
              RecallIndexes.fit(store.catalog(), store.histories(), Small.NOW),
              BlendWeights.DEFAULT);
      Recommender recommender =
          new Recommender(
              () -> snapshot,
              new Settings(Scenarios.builtIn(), Duration.ofMinutes(1)),
              stages,
              new SplittableRandom(1),
              List.of());
      ListQuality quality =
          ListQuality.measure(shop, port(store, recommender), SHOPPERS, SHOWN, Small.NOW);
      assertEquals(SHOPPERS, quality.shoppers());
      assertTrue(quality.purchases() > 1.5 * quality.bestsellers(), quality::toString);
      assertTrue(quality.purchases() > 4 * quality.random(), quality::toString);
      assertTrue(quality.purchases() < 1, quality::toString);
    }
  }

  private Shop port(ShopStore store, Recommender recommender) {
    return new Shop() {
      @Override
      public Slate recommend(String scenario, Who who, @Nullable String itemId, int n) {
        Query query =
            new Query(
                store.shop(),
                scenario,
                store
                    .profiles()
                    .of(new io.zhiyin.engine.profile.Shopper.User(new UserId(who.userId()))),
                store.catalog(),
                Vocabulary.UNKNOWN,
                new int[0],
                n,
                new ItemSlots(0),
                ItemCondition.ANY,
                Small.NOW,
                false);
        return new Slate(
            "r",
            recommender.recommend(query).items().stream()
                .map(entry -> entry.itemId().value())
                .toList());
      }

      @Override
      public void send(List<NamedEvent> events) {}
    };
  }
}
