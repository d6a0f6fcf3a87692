package io.zhiyin.engine.recommend;

import static io.zhiyin.engine.pipeline.Evidence.BOUGHT_TOGETHER;
import static io.zhiyin.engine.pipeline.Evidence.CONTENT;
import static io.zhiyin.engine.pipeline.Evidence.ITEM_TO_ITEM;
import static io.zhiyin.engine.pipeline.Evidence.NEW;
import static io.zhiyin.engine.pipeline.Evidence.POPULAR;
import static io.zhiyin.engine.pipeline.Evidence.RECENTLY_VIEWED;
import static io.zhiyin.engine.pipeline.Evidence.SEQUENCE;
import static io.zhiyin.engine.pipeline.Evidence.TRENDING;

import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.rank.BlendWeights;
import io.zhiyin.engine.rank.Transform;
import io.zhiyin.engine.recommend.Scenario.Quota;
import io.zhiyin.engine.recommend.Scenario.Rule;
import io.zhiyin.engine.rerank.Caps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The scenarios that a recommender knows, by name.
public final class Scenarios {
  private static final BlendWeights TOGETHER =
      BlendWeights.of(BOUGHT_TOGETHER, Transform.SHARE_OF_MAX, 3)
          .with(ITEM_TO_ITEM, Transform.SHARE_OF_MAX, 1)
          .with(SEQUENCE, Transform.LOGIT, 0.05)
          .with(POPULAR, Transform.SHARE_OF_MAX, 0.1);

  /// The next item alone: all sources and the fitted weights, without any rule about ownership,
  /// diversity or the page. What `evaluate` measures.
  public static final Scenario NEXT_ITEM =
      Scenario.named(
          "next-item",
          new Quota(SEQUENCE, 300),
          new Quota(ITEM_TO_ITEM, 200),
          new Quota(BOUGHT_TOGETHER, 50),
          new Quota(CONTENT, 100),
          new Quota(POPULAR, 50));

  private static final List<Scenario> BUILT_IN =
      List.of(
          Scenario.named(
                  "home-feed",
                  new Quota(SEQUENCE, 200),
                  new Quota(ITEM_TO_ITEM, 150),
                  new Quota(BOUGHT_TOGETHER, 50),
                  new Quota(CONTENT, 100),
                  new Quota(POPULAR, 50),
                  new Quota(TRENDING, 30),
                  new Quota(NEW, 30))
              .diverse(0.2, new Caps(0.4, 0.4))
              .with(Rule.NO_OWN_PURCHASES),
          Scenario.named(
                  "similar-items",
                  new Quota(CONTENT, 100),
                  new Quota(ITEM_TO_ITEM, 100),
                  new Quota(SEQUENCE, 30))
              .weighing(
                  BlendWeights.of(CONTENT, Transform.RAW, 3)
                      .with(ITEM_TO_ITEM, Transform.SHARE_OF_MAX, 2)
                      .with(SEQUENCE, Transform.LOGIT, 0.05)
                      .with(POPULAR, Transform.SHARE_OF_MAX, 0.1))
              .fallingBackOn(POPULAR),
          Scenario.named(
                  "bought-together", new Quota(BOUGHT_TOGETHER, 100), new Quota(ITEM_TO_ITEM, 50))
              .weighing(TOGETHER)
              .fallingBackOn(CONTENT, POPULAR),
          Scenario.named(
                  "cart",
                  new Quota(BOUGHT_TOGETHER, 100),
                  new Quota(ITEM_TO_ITEM, 100),
                  new Quota(SEQUENCE, 50))
              .weighing(TOGETHER)
              .diverse(0.1, Caps.NONE)
              .with(Rule.CART_FROM_HISTORY),
          Scenario.named("trending", new Quota(TRENDING, 200))
              .weighing(BlendWeights.of(TRENDING, Transform.SHARE_OF_MAX, 1))
              .fallingBackOn(POPULAR),
          Scenario.named("new-arrivals", new Quota(NEW, 200))
              .weighing(
                  BlendWeights.of(NEW, Transform.RAW, 1)
                      .with(SEQUENCE, Transform.LOGIT, 0.02)
                      .with(CONTENT, Transform.RAW, 0.2))
              .fallingBackOn(TRENDING, POPULAR),
          Scenario.named("recently-viewed", new Quota(RECENTLY_VIEWED, 200))
              .weighing(BlendWeights.of(RECENTLY_VIEWED, Transform.RAW, 1))
              .fallingBackOn()
              .with(Rule.NO_FILLING),
          Scenario.named("search-rerank")
              .fallingBackOn()
              .with(Rule.GIVEN_CANDIDATES)
              .with(Rule.NO_FILLING)
              .with(Rule.KEEPS_SEEDS));

  private final Map<String, Scenario> byName = new LinkedHashMap<>();

  private Scenarios(List<Scenario> scenarios) {
    for (Scenario scenario : scenarios) {
      byName.put(scenario.name(), scenario);
    }
  }

  /// Those of every shop.
  public static Scenarios builtIn() {
    return new Scenarios(BUILT_IN);
  }

  /// Only these.
  public static Scenarios of(Scenario... scenarios) {
    return new Scenarios(List.of(scenarios));
  }

  /// @throws InvalidFieldException of the field `scenario` when there is none of that name
  public Scenario named(String name) {
    Scenario scenario = byName.get(name);
    if (scenario == null) {
      throw new InvalidFieldException(
          "scenario", name, "is not known; known are " + String.join(", ", byName.keySet()));
    }
    return scenario;
  }

  public Set<String> names() {
    return Set.copyOf(byName.keySet());
  }
}
