package io.zhiyin.engine.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.filter.RequestExpressions;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.profile.History;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RecommenderTest extends InAShop {
  @Nested
  class AnEmptyShop {
    @Test
    void getsAnEmptyListInEveryScenario() {
      for (String scenario : Scenarios.builtIn().names()) {
        Slate slate = slate(Snapshot.EMPTY, shop.query(scenario, History.EMPTY, 10));
        assertEquals(List.of(), slate.items(), scenario);
        assertEquals(List.of(), slate.degraded(), scenario);
      }
    }
  }

  @Nested
  class TheRequest {
    @Test
    void ofAnUnknownScenarioIsRefusedByName() {
      InvalidFieldException e =
          assertThrows(
              InvalidFieldException.class,
              () -> slate(Snapshot.EMPTY, shop.query("home", History.EMPTY, 10)));
      assertEquals("scenario", e.field());
      assertTrue(e.reason().startsWith("is not known; known are home-feed, "), e.reason());
    }

    @Test
    void forMoreItemsThanThereAreGetsAllThatMayBeShown() {
      putItems(5);
      shop.patch("i3", Shop.stock(0));
      Slate slate = slate(Snapshot.EMPTY, shop.query("home-feed", History.EMPTY, 200));
      assertEquals(List.of("i4", "i2", "i1", "i0"), ids(slate));
    }

    @Test
    void forNoItemsOrTooManyIsRefused() {
      for (int n : new int[] {0, -1, 201}) {
        assertEquals(
            "n must be between 1 and 200 (was: " + n + ")",
            assertThrows(
                    InvalidFieldException.class,
                    () -> slate(Snapshot.EMPTY, shop.query("home-feed", History.EMPTY, n)))
                .getMessage());
      }
    }
  }

  @Nested
  class TheList {
    @Test
    void followsWhatTheShopperDidLast() {
      Snapshot snapshot = busyShop();
      Slate beauty = slate(snapshot, shop.query("home-feed", viewed("b0"), 1));
      Slate home = slate(snapshot, shop.query("home-feed", viewed("b0", "h0", "h1"), 1));
      assertTrue(ids(beauty).getFirst().startsWith("b"), ids(beauty).toString());
      assertTrue(ids(home).getFirst().startsWith("h"), ids(home).toString());
    }

    @Test
    void ofAProductPageIsLikeThePageAndWithoutIt() {
      Snapshot snapshot = busyShop();
      for (String scenario : List.of("similar-items", "bought-together")) {
        Query query = shop.query(scenario, History.EMPTY, 4);
        List<String> ids = ids(slate(snapshot, Shop.onPage(query, shop.index("h2"))));
        assertEquals(4, ids.size());
        assertTrue(ids.stream().allMatch(id -> id.startsWith("h")), scenario + ids);
        assertFalse(ids.contains("h2"), scenario);
      }
    }

    @Test
    void ofTheCartGoesWithWhatLiesInItByTheHistory() {
      Snapshot snapshot = busyShop();
      History history =
          Shop.history(EventKind.ADD_TO_CART, shop.index("b1"), shop.index("h1"))
              .plus(EventKind.REMOVE_FROM_CART, shop.index("b1"), Shop.NOW.toEpochMilli());
      List<String> ids = ids(slate(snapshot, shop.query("cart", history, 3)));
      assertTrue(ids.stream().allMatch(id -> id.startsWith("h")), ids.toString());
      assertFalse(ids.contains("h1"));
    }

    @Test
    void ofWhatWasViewedIsNewestFirstAndNotFilledUp() {
      Snapshot snapshot = busyShop();
      Slate slate = slate(snapshot, shop.query("recently-viewed", viewed("b0", "h3", "b0"), 10));
      assertEquals(List.of("b0", "h3"), ids(slate));
    }

    @Test
    void ofNewArrivalsHasAnItemThatWasPutAfterTheFit() {
      Snapshot snapshot = busyShop();
      shop.put("fresh", Shop.publishedAt(Shop.NOW));
      Slate slate = slate(snapshot, shop.query("new-arrivals", History.EMPTY, 3));
      assertEquals("fresh", ids(slate).getFirst());
    }

    @Test
    void ofASearchKeepsToTheGivenItemsAndLiftsWhatTheShopperLikes() {
      Snapshot snapshot = busyShop();
      int[] found = {
        shop.index("h0"), shop.index("b4"), shop.index("h1"), shop.index("b3"), 999, -1
      };
      Query stranger = shop.query("search-rerank", History.EMPTY, 10).withCandidates(found);
      assertEquals(List.of("h0", "b4", "h1", "b3"), ids(slate(snapshot, stranger)));
      Query fan = shop.query("search-rerank", viewed("b0", "b1"), 10).withCandidates(found);
      assertEquals("b4", ids(slate(snapshot, fan)).getFirst());
    }

    @Test
    void hasNoItemTwiceAndCountsPositionsFrom1() {
      Slate slate = slate(busyShop(), shop.query("home-feed", viewed("b0", "h0"), 200));
      assertEquals(ids(slate).size(), Set.copyOf(ids(slate)).size());
      for (int i = 0; i < slate.items().size(); i++) {
        assertEquals(i + 1, slate.items().get(i).position());
      }
    }

    @Test
    void knowsWhichOfTheShoppersItemsSpokeForEach() {
      Slate slate = slate(busyShop(), shop.query("home-feed", viewed("b0", "h0"), 200));
      int spokenFor = 0;
      for (Slate.Entry entry : slate.items()) {
        int speaker = entry.candidate().because(Evidence.ITEM_TO_ITEM);
        if (entry.candidate().evidence(Evidence.ITEM_TO_ITEM) > 0) {
          String side = entry.itemId().value().substring(0, 1);
          assertEquals(shop.index(side + "0"), speaker, entry.itemId().value());
          spokenFor++;
        } else {
          assertEquals(Vocabulary.UNKNOWN, speaker, entry.itemId().value());
        }
        assertEquals(Vocabulary.UNKNOWN, entry.candidate().because(Evidence.POPULAR));
      }
      assertTrue(spokenFor >= 8, spokenFor + " were spoken for");
    }

    @Test
    void isTheSameEveryTime() {
      Snapshot snapshot = busyShop();
      for (String scenario : Scenarios.builtIn().names()) {
        Query query = shop.query(scenario, viewed("b0", "h0", "b2"), 8);
        List<String> first = ids(slate(snapshot, query));
        for (int i = 0; i < 20; i++) {
          assertEquals(first, ids(slate(snapshot, query)), scenario);
        }
      }
    }

    @Test
    void forAStrangerMixesCategories() {
      List<String> ids = ids(slate(busyShop(), shop.query("home-feed", History.EMPTY, 4)));
      assertTrue(ids.stream().anyMatch(id -> id.startsWith("b")), ids.toString());
      assertTrue(ids.stream().anyMatch(id -> id.startsWith("h")), ids.toString());
    }

    @Test
    void hasItsOwnIdOf22CharactersEachTime() {
      Recommender recommender = over(Snapshot.EMPTY, Duration.ofSeconds(1));
      Query query = shop.query("home-feed", History.EMPTY, 1);
      Set<String> ids = new HashSet<>();
      for (int i = 0; i < 100; i++) {
        ids.add(recommender.recommend(query).recommendationId().value());
      }
      assertEquals(100, ids.size());
      assertTrue(ids.stream().allMatch(id -> id.matches("[A-Za-z0-9_-]{22}")));
    }
  }

  @Nested
  class WhatWasBought {
    @Test
    void isNotInTheHomeFeedButMayBeViewedAgain() {
      Snapshot snapshot = busyShop();
      History history = viewed("b0").plus(EventKind.PURCHASE_COMPLETE, shop.index("b0"), 0L);
      assertFalse(ids(slate(snapshot, shop.query("home-feed", history, 200))).contains("b0"));
      assertEquals(
          List.of("b0"), ids(slate(snapshot, shop.query("recently-viewed", history, 200))));
    }
  }

  @Nested
  class WhatTheRequestRulesOut {
    @Test
    void isInNoScenario() {
      Snapshot snapshot = busyShop();
      int[] all = IntStream.range(0, 10).toArray();
      for (String scenario : Scenarios.builtIn().names()) {
        Query query = shop.query(scenario, viewed("b0", "b1", "h0"), 200).withCandidates(all);
        Query excluding = Shop.excluding(query, shop.index("b0"), shop.index("h3"));
        List<String> ids = ids(slate(snapshot, excluding.withCandidates(all)));
        assertFalse(ids.contains("b0") || ids.contains("h3"), scenario + ids);
        Query chairs =
            Shop.where(
                query,
                new RequestExpressions().compile("'Home > Chairs' in categories").at(Shop.NOW));
        List<String> kept = ids(slate(snapshot, chairs.withCandidates(all)));
        assertFalse(kept.isEmpty(), scenario);
        assertTrue(kept.stream().allMatch(id -> id.startsWith("h")), scenario + kept);
      }
    }
  }

  @Nested
  class WhatMayNotBeShown {
    /// Every item gets a random state, every scenario every kind of shopper; with fitted indexes,
    /// with none, and with sources that fail.
    @Test
    void isOnNoPath() {
      Snapshot snapshot = busyShop();
      Random random = new Random(5);
      int[] all = IntStream.range(0, 10).toArray();
      int shown = 0;
      for (int round = 0; round < 60; round++) {
        for (int item = 0; item < 10; item++) {
          spoil(item, random.nextInt(8));
        }
        Snapshot now =
            round % 3 == 0 ? Snapshot.EMPTY : round % 3 == 1 ? snapshot : failing(snapshot);
        History history =
            round % 2 == 0 ? History.EMPTY : viewed("b0", "b1", "b2", "h0", "h1", "h2");
        for (String scenario : Scenarios.builtIn().names()) {
          Query query = shop.query(scenario, history, 1 + random.nextInt(12));
          query = random.nextBoolean() ? query : Shop.onPage(query, random.nextInt(10));
          for (Slate.Entry entry : slate(now, query.withCandidates(all)).items()) {
            assertTrue(
                shop.catalog().isShowable(entry.item(), Shop.NOW), scenario + entry.itemId());
            shown++;
          }
        }
      }
      assertTrue(shown > 500, "only " + shown + " items were looked at");
    }

    private void spoil(int item, int state) {
      String id = shop.catalog().vocabulary().idOf(item).value();
      shop.put(id, "Thing " + id, "Beauty > Nails", "Opi", 10);
      switch (state) {
        case 0 -> shop.patch(id, Shop.stock(0));
        case 1 -> shop.patch(id, Shop.hidden());
        case 2 -> shop.patch(id, Shop.expiringAt(Shop.NOW.minusMillis(1)));
        case 3 -> shop.patch(id, Shop.publishedAt(Shop.NOW.plusMillis(1)));
        case 4 -> shop.delete(id);
        default -> {}
      }
    }

    private Snapshot failing(Snapshot snapshot) {
      List<CandidateSource> sources = new ArrayList<>();
      for (CandidateSource source : snapshot.sources()) {
        sources.add(
            source.evidence() == Evidence.POPULAR ? source : new Failing(source.evidence()));
      }
      return new Snapshot("m", sources, snapshot.weights());
    }

    /// One thread sells out and restocks, one replaces the snapshot, two ask. Whatever is sold out
    /// before a request begins and stays so is in no answer.
    @Test
    void isInNoListWhileSnapshotsAreReplaced() throws Exception {
      Snapshot first = busyShop();
      Snapshot second = failing(first);
      AtomicReference<Snapshot> state = new AtomicReference<>(first);
      AtomicBoolean done = new AtomicBoolean();
      Recommender recommender =
          new Recommender(
              state::get, Recommender.Settings.DEFAULT, runner, new SecureRandom(), List.of());
      shop.patch("b2", Shop.stock(0));
      shop.delete("h4");
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<?> replacing =
            threads.submit(
                () -> {
                  for (int i = 0; !done.get(); i++) {
                    state.set(i % 2 == 0 ? second : first);
                    shop.patch("b0", Shop.stock(i % 2));
                  }
                });
        List<Future<Set<String>>> asking = new ArrayList<>();
        for (int thread = 0; thread < 2; thread++) {
          asking.add(
              threads.submit(
                  () -> {
                    Set<String> seen = new HashSet<>();
                    for (int i = 0; i < 200; i++) {
                      Query query = shop.query("home-feed", viewed("b1", "h1"), 10);
                      seen.addAll(ids(recommender.recommend(query)));
                    }
                    return seen;
                  }));
        }
        for (Future<Set<String>> future : asking) {
          Set<String> seen = future.get();
          assertTrue(seen.size() >= 7, seen.toString());
          assertFalse(seen.contains("b2") || seen.contains("h4"), seen.toString());
        }
        done.set(true);
        replacing.get();
      }
    }
  }
}
