package io.zhiyin.lab.bench;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.pipeline.ItemCondition;
import io.zhiyin.engine.pipeline.Objective;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.rank.BlendFile;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.Heads;
import io.zhiyin.engine.rank.HeadsFile;
import io.zhiyin.engine.rank.RankerFile;
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
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.train.FileTree;
import io.zhiyin.learning.train.ModelRegistry;
import io.zhiyin.learning.train.Training;
import io.zhiyin.learning.train.TrainingOptions;
import io.zhiyin.learning.train.TrainingProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// What lists for each objective truly bring in a simulated shop, and what they cost beside those
/// for engagement. A model is trained for a few minutes first.
final class ObjectivesBench {
  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");
  private static final int SHOPPERS = 600;
  private static final int TIMED = 100;
  private static final int SHOWN = 10;
  private static final int WARM_UP = 20;
  private static final int ROUNDS = 20;
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults().withEpochs(8).withBudget(Duration.ofMinutes(4));

  private final PrintWriter out;
  private final SimulatedShop shop =
      SimulatedShop.open(
          new SimulatedShop.ShopSettings(7, NOW, 90, 28, 3_000, ShopLanguage.CHINESE));

  ObjectivesBench(PrintWriter out) {
    this.out = out;
  }

  List<Result> run() throws IOException {
    Path folder = Files.createTempDirectory("zhiyin-objectives-");
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    try (ShopStore store = ShopStore.open(folder.resolve("data"), ShopId.DEFAULT, clock);
        StageRunner stages = new StageRunner()) {
      store.append(ShopPast.events(shop, folder, clock));
      Snapshot snapshot = trained(store, new ModelRegistry(folder.resolve("models")));
      Recommender recommender =
          new Recommender(
              () -> snapshot,
              new Recommender.Settings(Scenarios.builtIn(), Duration.ofMinutes(1)),
              stages,
              new SplittableRandom(1),
              List.of());
      List<Result> results = new ArrayList<>(worth(store, recommender));
      results.addAll(cost(store, recommender));
      return results;
    } finally {
      FileTree.delete(folder);
    }
  }

  private Snapshot trained(ShopStore store, ModelRegistry registry) throws IOException {
    say("A model is trained");
    List<History> histories = new ArrayList<>();
    store.histories().forEach(histories::add);
    ShopData data = new ShopData("simulated", store.catalog(), histories);
    Path directory =
        registry.path(
            new Training(OPTIONS, TrainingProgress.Listener.NONE).run(data, registry).id());
    Heads heads = HeadsFile.find(directory);
    for (Heads.Learned learned : heads.learned()) {
      say("Head %s: %s".formatted(learned.head().wireName(), learned.quality()));
    }
    return Snapshot.of(
        RecallIndexes.fit(store.catalog(), store.histories(), NOW),
        SequenceModel.load(directory, store.catalog()),
        BlendFile.find(directory).orElse(BlendWeights.DEFAULT),
        RankerFile.find(directory),
        heads);
  }

  private List<Result> worth(ShopStore store, Recommender recommender) {
    ShopTruth truth = new ShopTruth(shop);
    List<Result> results = new ArrayList<>();
    for (Objective objective : Objective.values()) {
      CompiledRules rules = aimedAt(objective);
      double purchases = 0;
      double revenue = 0;
      for (Shopper shopper : members(SHOPPERS)) {
        List<Integer> products =
            recommender
                .preview(query(store, shopper), Adjustments.NONE, rules)
                .slate()
                .items()
                .stream()
                .flatMap(entry -> shop.productOf(entry.itemId().value()).stream())
                .toList();
        purchases += truth.value(shopper, products, NOW) / SHOPPERS;
        revenue += truth.revenue(shopper, products, NOW) / SHOPPERS;
      }
      String name = "objective." + objective.wireName();
      results.add(Result.derived(name + ".purchases", "a list", purchases));
      results.add(Result.derived(name + ".revenue", "a list", revenue));
    }
    return results;
  }

  private List<Result> cost(ShopStore store, Recommender recommender) {
    List<Query> queries = members(TIMED).stream().map(one -> query(store, one)).toList();
    List<Contender> contenders = new ArrayList<>();
    for (Objective objective : Objective.values()) {
      CompiledRules rules = aimedAt(objective);
      contenders.add(
          new Contender(
              objective.wireName(),
              1,
              () -> queries.forEach(q -> recommender.preview(q, Adjustments.NONE, rules))));
    }
    say("%d lists a pass".formatted(TIMED));
    Turns turns = Turns.take("objectives", WARM_UP, ROUNDS, contenders);
    List<Result> results = new ArrayList<>(turns.results());
    results.add(turns.ratio("conversion", "engagement"));
    results.add(turns.ratio("revenue", "engagement"));
    return results;
  }

  private static CompiledRules aimedAt(Objective objective) {
    Map<String, Tuning> settings = Map.of("home-feed", Tuning.NONE.aimedAt(objective));
    return CompiledRules.ofShop(RuleSet.NONE.with(settings), new RuleExpressions());
  }

  private List<Shopper> members(int most) {
    return shop.shoppers().stream()
        .filter(shopper -> shopper.membership() == Shopper.Membership.MEMBER)
        .limit(most)
        .toList();
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
        new ItemSlots(0),
        ItemCondition.ANY,
        NOW,
        false);
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
