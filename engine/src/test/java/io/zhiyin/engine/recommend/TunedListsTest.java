package io.zhiyin.engine.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.Responses;
import io.zhiyin.engine.profile.Shopper;
import io.zhiyin.engine.profile.ShownItems;
import io.zhiyin.engine.profile.ShownLately;
import io.zhiyin.engine.rerank.Diversity;
import io.zhiyin.engine.rule.CompiledRules;
import io.zhiyin.engine.rule.RuleExpressions;
import io.zhiyin.engine.rule.RuleSet;
import io.zhiyin.engine.rule.Tuning;
import io.zhiyin.engine.rule.TuningJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// How a shop or a request sets a scenario: diversity, and what was seen lately.
class TunedListsTest extends InAShop {
  private static CompiledRules set(String scenario, Tuning tuning) {
    return CompiledRules.ofShop(RuleSet.NONE.with(Map.of(scenario, tuning)), new RuleExpressions());
  }

  private List<String> listed(Snapshot snapshot, Query query, Tuning ofShop, Adjustments asked) {
    CompiledRules rules = set(query.scenario(), ofShop);
    return ids(over(snapshot, Duration.ofSeconds(20)).preview(query, asked, rules).slate());
  }

  @Nested
  class TheDialOfDiversity {
    @Test
    void isTheRequestsThenTheShopsThenTheScenarios() {
      Snapshot snapshot = busyShop();
      Query query = shop.query("home-feed", viewed("b0", "b1"), 4);
      Tuning none = new Tuning(0.0, null, null);
      Tuning all = new Tuning(1.0, Diversity.DPP, null);
      List<String> plain = listed(snapshot, query, none, Adjustments.NONE);
      List<String> varied = listed(snapshot, query, all, Adjustments.NONE);
      assertNotEquals(plain, varied);
      assertEquals("h", varied.get(1).substring(0, 1), varied.toString());
      assertEquals(varied, listed(snapshot, query, none, asking(all)));
      assertEquals(plain, listed(snapshot, query, all, asking(none)));
    }

    private Adjustments asking(Tuning tuning) {
      return new Adjustments(CompiledRules.NONE, tuning, ShownItems.NONE);
    }
  }

  @Nested
  class WhatWasSeenLately {
    private final Tuning.Fatigue viewedOnce = new Tuning.Fatigue(24, 0, 1, 0);

    @Test
    void isNotShownAgainOrLessSo() {
      Snapshot snapshot = busyShop();
      Query query = shop.query("home-feed", viewed("b0", "b1", "b0"), 10);
      List<String> without = listed(snapshot, query, new Tuning(0.0, null, null), Adjustments.NONE);
      assertTrue(without.contains("b0"), without.toString());
      List<String> hidden =
          listed(snapshot, query, new Tuning(0.0, null, viewedOnce), Adjustments.NONE);
      assertFalse(hidden.contains("b0") || hidden.contains("b1"), hidden.toString());
      Tuning.Fatigue less = new Tuning.Fatigue(24, 0, 2, 0.01);
      List<String> later = listed(snapshot, query, new Tuning(0.0, null, less), Adjustments.NONE);
      assertTrue(later.indexOf("b0") > without.indexOf("b0"), without + " → " + later);
    }

    @Test
    void countsFromItsWindowOnAndByImpressionsToo() {
      Snapshot snapshot = busyShop();
      Query query = shop.query("trending", History.EMPTY, 10);
      Tuning twice = new Tuning(null, null, new Tuning.Fatigue(2, 2, 0, 0));
      long now = Shop.NOW.toEpochMilli();
      long old = Shop.NOW.minus(Duration.ofHours(3)).toEpochMilli();
      int b2 = shop.index("b2");
      int h2 = shop.index("h2");
      ShownItems shown =
          new ShownItems(new int[] {b2, h2, h2, b2}, new long[] {old, now, now, now});
      List<String> ids =
          listed(snapshot, query, twice, new Adjustments(CompiledRules.NONE, Tuning.NONE, shown));
      assertTrue(ids.contains("b2"), "shown once in the window: " + ids);
      assertFalse(ids.contains("h2"), "shown twice in the window: " + ids);
    }

    @Test
    void isOnNoPath() {
      Snapshot snapshot = busyShop();
      for (Snapshot any : List.of(Snapshot.EMPTY, snapshot)) {
        for (String scenario : Scenarios.builtIn().names()) {
          Query query =
              shop.query(scenario, viewed("b0", "h3"), 10)
                  .withCandidates(new int[] {0, 1, 2, 3, 4, 5});
          List<String> ids =
              listed(any, query, new Tuning(null, null, viewedOnce), Adjustments.NONE);
          assertFalse(ids.contains("b0") || ids.contains("h3"), scenario + ids);
        }
      }
    }
  }

  @Nested
  class WhereCandidatesComeFrom {
    private final Snapshot snapshot = busyShop();
    private final Query query = shop.query("home-feed", viewed("b0", "b1"), 10);

    private Slate made(Query asked, Map<Evidence, Integer> sources) {
      CompiledRules rules = set(asked.scenario(), Tuning.NONE.drawingOn(sources));
      return over(snapshot, Duration.ofSeconds(20)).preview(asked, Adjustments.NONE, rules).slate();
    }

    private static Set<Evidence> sources(Slate slate) {
      return Arrays.stream(Evidence.values())
          .filter(
              source -> slate.items().stream().anyMatch(e -> e.candidate().wasRetrievedBy(source)))
          .collect(Collectors.toSet());
    }

    @Test
    void isAsTheShopSetsIt() {
      assertTrue(sources(made(query, Map.of())).contains(Evidence.ITEM_TO_ITEM));
      Slate without = made(query, Map.of(Evidence.ITEM_TO_ITEM, 0));
      assertFalse(sources(without).contains(Evidence.ITEM_TO_ITEM));
      assertEquals(10, without.items().size(), "others fill the list");
      Slate viewed = made(query, Map.of(Evidence.RECENTLY_VIEWED, 20));
      assertTrue(sources(viewed).contains(Evidence.RECENTLY_VIEWED), "one that it did not have");
    }

    @Test
    void aSourceThatTakesNoPartFillsNothingEither() {
      Query trending = shop.query("trending", viewed("b0"), 10);
      assertEquals(Set.of(Evidence.POPULAR), sources(made(trending, Map.of(Evidence.TRENDING, 0))));
      Slate none = made(trending, Map.of(Evidence.TRENDING, 0, Evidence.POPULAR, 0));
      assertEquals(Set.of(), sources(none));
      assertFalse(none.items().isEmpty(), "whatever may be shown");
    }

    @Test
    void orFromTheRequestWhereItGivesThem() {
      Query given =
          shop.query("search-rerank", viewed("b0"), 10).withCandidates(new int[] {1, 3, 4});
      Set<String> ids = Set.copyOf(ids(made(given, Map.of())));
      assertEquals(3, ids.size());
      assertEquals(ids, Set.copyOf(ids(made(given, Map.of(Evidence.POPULAR, 50)))));
    }
  }

  @Nested
  class Exploring {
    /// The logged propensity of each item at the one explored place is how often it is there.
    @Test
    void logsAsPropensityHowOftenAnItemIsDrawn() {
      Snapshot snapshot = busyShop();
      Recommender recommender =
          new Recommender(
              () -> snapshot.ruledBy(set("trending", new Tuning(null, null, null, 1))),
              new Recommender.Settings(Scenarios.builtIn(), Duration.ofSeconds(20)),
              runner,
              new java.util.Random(9),
              List.of());
      Responses responses = new Responses(shop.catalog().vocabulary());
      for (int i = 0; i < 60; i++) {
        responses.apply(impression(i, "b3", "h1", "h4"));
      }
      Adjustments known =
          new Adjustments(CompiledRules.NONE, Tuning.NONE, ShownItems.NONE, responses);
      int rounds = 2_000;
      Map<Integer, Integer> shown = new HashMap<>();
      Map<Integer, Double> logged = new HashMap<>();
      for (int round = 0; round < rounds; round++) {
        Slate slate = recommender.recommend(shop.query("trending", History.EMPTY, 4), known);
        for (int i = 0; i < 3; i++) {
          assertEquals(1.0, slate.items().get(i).candidate().propensity());
        }
        Slate.Entry last = slate.items().get(3);
        shown.merge(last.item(), 1, Integer::sum);
        logged.put(last.item(), last.candidate().propensity());
      }
      assertTrue(shown.size() >= 5, shown.toString());
      shown.forEach(
          (item, count) ->
              assertEquals(logged.get(item), (double) count / rounds, 0.035, "item " + item));
    }
  }

  private static ShopperEvent impression(int n, String... items) {
    return new ShopperEvent.Impression(
        new Header(
            new EventId("e" + n),
            Instant.ofEpochMilli(n),
            new UserId("u1"),
            null,
            null,
            null,
            null,
            Map.of()),
        Arrays.stream(items).map(id -> new ItemLine(new ItemId(id), 1, null, null)).toList());
  }

  @Nested
  class WhatWasShown {
    @Test
    void isKeptForEachShopperUpToABoundAndForgottenOnErasure() {
      putItems(3);
      ShownLately lately = new ShownLately(shop.catalog().vocabulary());
      Shopper shopper = new Shopper.User(new UserId("u1"));
      assertEquals(ShownItems.NONE, lately.of(shopper));
      for (int i = 0; i < 150; i++) {
        lately.apply(impression(i, "i" + i % 3, "unknown", "i0"));
      }
      ShownItems shown = lately.of(shopper);
      assertEquals(200, shown.items().length);
      assertEquals(2, shown.items()[198]);
      int[] recent = new int[1];
      shown.since(149, _ -> recent[0]++);
      assertEquals(2, recent[0]);
      lately.forget(shopper);
      assertEquals(ShownItems.NONE, lately.of(shopper));
    }
  }

  @Nested
  class AsJson {
    @Test
    void isReadAndWrittenWithoutLossAndRefusedByField() throws IOException {
      String json =
          "{\"cart\":{\"diversity\":0.5,\"diversityBy\":\"dpp\","
              + "\"explore\":2,\"objective\":\"revenue\",\"fatigue\":{\"hours\":24,\"shown\":3,\"viewed\":1,\"factor\":0.3},"
              + "\"sources\":{\"trending\":0,\"content-similar\":200}}}";
      Map<String, Tuning> read = TuningJson.read(new ObjectMapper().readTree(json));
      assertEquals(read, TuningJson.read(TuningJson.write(read)));
      for (String[] wrong :
          new String[][] {
            {"0.5", "1.5", "scenarios.cart.diversity"},
            {"dpp", "dbb", "scenarios.cart.diversityBy"},
            {"revenue", "money", "scenarios.cart.objective"},
            {"24", "0", "scenarios.cart.fatigue.hours"},
            {"0.3}", "1}", "scenarios.cart.fatigue.factor"},
            {"200", "501", "scenarios.cart.sources.content-similar"},
            {"200", "0.5", "scenarios.cart.sources.content-similar"},
            {"trending", "trendy", "scenarios.cart.sources.trendy"}
          }) {
        InvalidFieldException e =
            assertThrows(
                InvalidFieldException.class,
                () ->
                    TuningJson.read(new ObjectMapper().readTree(json.replace(wrong[0], wrong[1]))));
        assertEquals(wrong[2], e.field());
      }
    }
  }
}
