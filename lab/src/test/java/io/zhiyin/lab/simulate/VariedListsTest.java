package io.zhiyin.lab.simulate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.evaluate.IntraListDiversity;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.intake.ContentIds;
import io.zhiyin.engine.intake.EventJson;
import io.zhiyin.engine.intake.EventTypes;
import io.zhiyin.engine.intake.ItemJson;
import io.zhiyin.engine.pipeline.ItemCondition;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.ShownItems;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.recall.RecallIndexes;
import io.zhiyin.engine.recommend.Adjustments;
import io.zhiyin.engine.recommend.Recommender;
import io.zhiyin.engine.recommend.Recommender.Settings;
import io.zhiyin.engine.recommend.Scenarios;
import io.zhiyin.engine.recommend.Snapshot;
import io.zhiyin.engine.recommend.StageRunner;
import io.zhiyin.engine.rerank.Diversity;
import io.zhiyin.engine.rule.Action;
import io.zhiyin.engine.rule.CompiledRules;
import io.zhiyin.engine.rule.Grouping;
import io.zhiyin.engine.rule.Rule;
import io.zhiyin.engine.rule.RuleExpressions;
import io.zhiyin.engine.rule.RuleSet;
import io.zhiyin.engine.rule.Tuning;
import io.zhiyin.lab.simulate.Shopper.Membership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the dial of diversity buys and costs, by what simulated shoppers truly want, and what rules
/// cost a request. Prints its figures.
class VariedListsTest {
  private static final int SHOPPERS = 60;
  private static final int SHOWN = 10;

  private final SimulatedShop shop = Small.shop();
  private final Clock clock = Clock.fixed(Small.NOW, ZoneOffset.UTC);

  @TempDir private Path folder;

  private record Point(double purchases, double diversity) {}

  @Test
  void areMoreVariedTheFurtherTheDialIsTurnedAndRulesAreCheap() throws IOException {
    try (ShopStore store = ShopStore.open(folder.resolve("data"), ShopId.DEFAULT, clock);
        StageRunner stages = new StageRunner()) {
      store.append(events());
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
      for (Diversity way : Diversity.values()) {
        List<Point> points = new ArrayList<>();
        for (double dial : new double[] {0, 0.1, 0.2, 0.3, 0.5, 0.7, 1}) {
          Point point = measure(store, recommender, new Tuning(dial, way, null));
          points.add(point);
          System.out.printf(
              Locale.ROOT,
              "%s %.1f purchases %.3f diversity %.3f%n",
              way.wireName(),
              dial,
              point.purchases(),
              point.diversity());
        }
        double plain = points.getFirst().diversity();
        assertTrue(points.getLast().diversity() > plain + 0.1, points::toString);
        assertTrue(points.get(4).diversity() > plain, points::toString);
        assertTrue(points.getFirst().purchases() > points.getLast().purchases(), points::toString);
      }
      timeRules(store, recommender);
    }
  }

  private Point measure(ShopStore store, Recommender recommender, Tuning tuning) {
    ShopTruth truth = new ShopTruth(shop);
    Catalog catalog = store.catalog();
    IntraListDiversity diversity =
        new IntraListDiversity((a, b) -> likeness(catalog.at(a), catalog.at(b)));
    double purchases = 0;
    double varied = 0;
    Adjustments adjustments = new Adjustments(CompiledRules.NONE, tuning, ShownItems.NONE);
    for (Shopper shopper : members()) {
      var slate = recommender.recommend(query(store, shopper), adjustments);
      List<Integer> products =
          slate.items().stream()
              .flatMap(entry -> shop.productOf(entry.itemId().value()).stream())
              .toList();
      purchases +=
          truth.value(shopper, products, Small.NOW)
              / truth.value(shopper, truth.bestPossible(shopper, SHOWN, Small.NOW), Small.NOW);
      varied += diversity.of(slate.items().stream().mapToInt(entry -> entry.item()).toArray());
    }
    return new Point(purchases / SHOPPERS, varied / SHOPPERS);
  }

  private List<Shopper> members() {
    return shop.shoppers().stream()
        .filter(shopper -> shopper.membership() == Membership.MEMBER)
        .limit(SHOPPERS)
        .toList();
  }

  private static double likeness(Item a, Item b) {
    int[] left = a.categoryPath();
    int[] right = b.categoryPath();
    int shared = Math.max(0, Arrays.mismatch(left, right));
    double category =
        Arrays.equals(left, right) ? 1 : (double) shared / Math.max(left.length, right.length);
    return 0.5 * category + (a.brand().equals(b.brand()) ? 0.5 : 0);
  }

  private static Query query(ShopStore store, Shopper shopper) {
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
        new BitSet(),
        ItemCondition.ANY,
        Small.NOW,
        false);
  }

  /// The same requests without rules, with 3 and with 100, after a third of the rounds to warm up;
  /// `-Drules.rounds=30` for figures.
  private void timeRules(ShopStore store, Recommender recommender) {
    int rounds = Integer.getInteger("rules.rounds", 3);
    for (int size : new int[] {0, 3, 100, 0, 3, 100}) {
      CompiledRules rules = CompiledRules.ofShop(rules(size), new RuleExpressions());
      rules.countMatches(store.catalog(), Small.NOW);
      List<Query> queries = members().stream().map(shopper -> query(store, shopper)).toList();
      long nanos = 0;
      for (int round = 0; round < rounds; round++) {
        long start = System.nanoTime();
        for (Query query : queries) {
          recommender.preview(query, Adjustments.NONE, rules);
        }
        nanos += round < rounds / 3 ? 0 : System.nanoTime() - start;
      }
      System.out.printf(
          Locale.ROOT,
          "%d rules %.0f µs a request%n",
          size,
          nanos / 1e3 / (rounds - rounds / 3) / queries.size());
    }
  }

  private static RuleSet rules(int size) {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Action action =
          switch (i % 5) {
            case 0 -> new Action.Exclude();
            case 1 -> new Action.Boost(1.5);
            case 2 -> new Action.Cap(9, null, new Grouping.ByBrand());
            case 3 -> new Action.Bury(0.8);
            default -> new Action.Quota(1);
          };
      // One item in twenty, or so; and all of them for caps.
      String when =
          action instanceof Action.Cap ? "" : "itemId.endsWith('" + i % 10 + "') && price > 150.5";
      rules.add(new Rule("r" + i, "", when, List.of(), "", Set.of(), null, null, true, action));
    }
    return new RuleSet(rules);
  }

  /// Items and history as the demo would import them, through the doors that import uses.
  private List<Event> events() throws IOException {
    ShopFiles files = new ShopFiles(shop);
    Path items = folder.resolve("items.jsonl");
    Path history = folder.resolve("events.jsonl");
    files.writeItems(items);
    files.writeEvents(history, ShopHistory.of(shop));
    ObjectMapper json = new ObjectMapper();
    ItemJson itemDoor = new ItemJson(clock);
    EventJson eventDoor = EventJson.recorded(clock, EventTypes.common(), ContentIds.single());
    List<Event> events = new ArrayList<>();
    for (String line : Files.readAllLines(items)) {
      events.add(itemDoor.readPut(json.readTree(line)));
    }
    for (String line : Files.readAllLines(history)) {
      events.add(eventDoor.read(json.readTree(line)));
    }
    return events;
  }
}
