package io.zhiyin.lab.bench;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.evaluate.IntraListDiversity;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.pipeline.ItemCondition;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.ShownItems;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.engine.recommend.Adjustments;
import io.zhiyin.engine.recommend.Recommender;
import io.zhiyin.engine.recommend.Scenarios;
import io.zhiyin.engine.recommend.Snapshot;
import io.zhiyin.engine.recommend.StageRunner;
import io.zhiyin.engine.rule.CompiledRules;
import io.zhiyin.engine.rule.RuleExpressions;
import io.zhiyin.engine.rule.RuleSet;
import io.zhiyin.engine.rule.Tuning;
import io.zhiyin.lab.simulate.ShopLanguage;
import io.zhiyin.lab.simulate.ShopPast;
import io.zhiyin.lab.simulate.ShopTruth;
import io.zhiyin.lab.simulate.Shopper;
import io.zhiyin.lab.simulate.SimulatedShop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/// The front pages of a small simulated shop, by counted evidence alone: how many of the purchases
/// that its shoppers truly want they hold, and how varied they are.
final class VariedLists implements AutoCloseable {
  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");
  private static final int SHOPPERS = 60;
  private static final int SHOWN = 10;

  private final SimulatedShop shop =
      SimulatedShop.open(new SimulatedShop.ShopSettings(7, NOW, 60, 12, 400, ShopLanguage.CHINESE));
  private final ShopStore store;
  private final StageRunner stages = new StageRunner();
  private final Recommender recommender;

  /// A dial's worth.
  ///
  /// @param purchases share of the expected purchases of the best possible lists
  /// @param diversity one minus the mean likeness of two items of a list, 0 to 1
  record Point(double purchases, double diversity) {}

  private VariedLists(Path folder) throws IOException {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    store = ShopStore.open(folder.resolve("data"), ShopId.DEFAULT, clock);
    store.append(ShopPast.events(shop, folder, clock));
    Snapshot snapshot =
        Snapshot.of(
            RecallIndexes.fit(store.catalog(), store.histories(), NOW), BlendWeights.DEFAULT);
    recommender =
        new Recommender(
            () -> snapshot,
            new Recommender.Settings(Scenarios.builtIn(), Duration.ofMinutes(1)),
            stages,
            new SplittableRandom(1),
            List.of());
  }

  /// @param folder for the shop's files; empty
  static VariedLists open(Path folder) throws IOException {
    return new VariedLists(folder);
  }

  /// The lists of members of the shop with that tuning.
  Point with(Tuning tuning) {
    ShopTruth truth = new ShopTruth(shop);
    Catalog catalog = store.catalog();
    IntraListDiversity diversity =
        new IntraListDiversity((a, b) -> likeness(shown(catalog, a), shown(catalog, b)));
    double purchases = 0;
    double varied = 0;
    Adjustments adjustments = new Adjustments(CompiledRules.NONE, tuning, ShownItems.NONE);
    for (Shopper shopper : members()) {
      Slate slate = recommender.recommend(query(shopper), adjustments);
      List<Integer> products =
          slate.items().stream()
              .flatMap(entry -> shop.productOf(entry.itemId().value()).stream())
              .toList();
      purchases +=
          truth.value(shopper, products, NOW)
              / truth.value(shopper, truth.bestPossible(shopper, SHOWN, NOW), NOW);
      varied += diversity.of(slate.items().stream().mapToInt(entry -> entry.item()).toArray());
    }
    return new Point(purchases / SHOPPERS, varied / SHOPPERS);
  }

  /// One pass over the same lists under rules that are compiled already.
  Runnable under(RuleSet rules, RuleExpressions expressions) {
    CompiledRules compiled = CompiledRules.ofShop(rules, expressions);
    compiled.countMatches(store.catalog(), NOW);
    List<Query> queries = members().stream().map(this::query).toList();
    return () -> queries.forEach(query -> recommender.preview(query, Adjustments.NONE, compiled));
  }

  /// How many lists a pass makes.
  int lists() {
    return SHOPPERS;
  }

  private List<Shopper> members() {
    return shop.shoppers().stream()
        .filter(shopper -> shopper.membership() == Shopper.Membership.MEMBER)
        .limit(SHOPPERS)
        .toList();
  }

  private static Item shown(Catalog catalog, int index) {
    return Objects.requireNonNull(catalog.at(index));
  }

  /// Half for the share of category levels in common, half for the same brand.
  private static double likeness(Item a, Item b) {
    int[] left = a.categoryPath();
    int[] right = b.categoryPath();
    int shared = Math.max(0, Arrays.mismatch(left, right));
    double category =
        Arrays.equals(left, right) ? 1 : (double) shared / Math.max(left.length, right.length);
    return 0.5 * category + (a.brand().equals(b.brand()) ? 0.5 : 0);
  }

  private Query query(Shopper shopper) {
    return new Query(
        store.shop(),
        "home-feed",
        store
            .profiles()
            .of(new io.zhiyin.engine.profile.Shopper.User(new UserId(shopper.userId()))),
        store.catalog(),
        Vocabulary.UNKNOWN,
        new int[0],
        SHOWN,
        new ItemSlots(0),
        ItemCondition.ANY,
        NOW,
        false);
  }

  @Override
  public void close() throws IOException {
    stages.close();
    store.close();
  }
}
