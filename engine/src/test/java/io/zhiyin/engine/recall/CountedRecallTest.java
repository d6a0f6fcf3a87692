package io.zhiyin.engine.recall;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.profile.History;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CountedRecallTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  private static History ago(EventKind kind, Duration ago, int... items) {
    long[] times = new long[items.length];
    Arrays.fill(times, NOW.minus(ago).toEpochMilli());
    return History.of(kind, items, times);
  }

  /// One order.
  private static History basket(int... items) {
    byte[] kinds = new byte[items.length];
    Arrays.fill(kinds, EventKind.PURCHASE_COMPLETE.code());
    return new History(
        items, kinds, new long[items.length], new float[items.length], new int[items.length]);
  }

  @Nested
  class Baskets {
    @Test
    void giveTheShrunkenCosine() {
      BasketIndex index = BasketIndex.fit(List.of(basket(1, 2), basket(1, 2), basket(1, 3)));
      // n(1,2) = 2, n(1) = 3, n(2) = 2
      assertEquals(2 / Math.sqrt(6) * 2 / 3, index.neighbours(1, 5).strength(0), 1e-6);
      assertArrayEquals(new int[] {2, 3}, index.neighbours(1, 5).items());
      assertArrayEquals(new int[] {1}, index.neighbours(3, 5).items());
    }

    @Test
    void countPurchasesOfOneVisitAtHalfWeight() {
      History oneOrder = basket(1, 2);
      History twoOrders = ago(EventKind.PURCHASE_COMPLETE, Duration.ZERO, 1, 2);
      // sums 1 and 1/2, item counts 1: strengths 1·1/2 and 1/2·1/3
      assertEquals(1 / 2f, BasketIndex.fit(List.of(oneOrder)).neighbours(1, 1).strength(0), 1e-6);
      assertEquals(1 / 6f, BasketIndex.fit(List.of(twoOrders)).neighbours(1, 1).strength(0), 1e-6);
    }

    @Test
    void doNotJoinPurchasesOfDifferentVisits() {
      History apart =
          History.of(
              EventKind.PURCHASE_COMPLETE,
              new int[] {1, 2},
              new long[] {0, BasketIndex.SESSION.toMillis() + 1});
      assertEquals(0, BasketIndex.fit(List.of(apart)).size());
    }

    @Test
    void leaveViewsOut() {
      assertEquals(
          0, BasketIndex.fit(List.of(ago(EventKind.DETAIL_PAGE_VIEW, Duration.ZERO, 1, 2))).size());
    }

    @Test
    void ofAWholesalerCostNoMoreThanTheirLengthTimesABound() {
      BasketIndex index = BasketIndex.fit(List.of(basket(IntStream.range(0, 5000).toArray())));
      assertTrue(index.size() <= 5000 * 40);
    }

    @Test
    void addUpOverTheItemsOfACart() {
      BasketIndex index = BasketIndex.fit(List.of(basket(1, 3), basket(2, 3), basket(2, 4)));
      List<Integer> offered = new ArrayList<>();
      index.score(new int[] {1, 2}, 5, (item, strength) -> offered.add(item));
      assertEquals(List.of(3, 4), offered);
    }

    @Test
    void areNoneWithoutHistories() {
      BasketIndex index = BasketIndex.fit(List.of());
      assertEquals(0, index.neighbours(0, 5).size());
      assertEquals(0, index.score(new int[] {0, 7}).size());
    }
  }

  @Nested
  class Popular {
    @Test
    void halvesWithAge() {
      Popularity popularity =
          Popularity.fit(
              List.of(
                  ago(EventKind.CLICK, Popularity.HALF_LIFE, 1),
                  ago(EventKind.CLICK, Duration.ZERO, 2)),
              NOW);
      assertEquals(0.5f, popularity.strength(1), 1e-6);
      assertEquals(1f, popularity.strength(2), 1e-6);
      assertArrayEquals(new int[] {2, 1}, popularity.top(5).items());
    }

    @Test
    void countsAPurchaseForMoreThanALook() {
      Popularity popularity =
          Popularity.fit(
              List.of(
                  ago(EventKind.PURCHASE_COMPLETE, Duration.ZERO, 5),
                  ago(EventKind.DETAIL_PAGE_VIEW, Duration.ZERO, 6, 6)),
              NOW);
      assertArrayEquals(new int[] {5}, popularity.top(1).items());
    }

    @Test
    void isNothingForUnknownItems() {
      Popularity popularity = Popularity.fit(List.of(), NOW);
      assertEquals(0, popularity.strength(3));
      assertEquals(0, popularity.strength(1_000_000));
      assertEquals(0, popularity.top(3).size());
    }
  }

  @Nested
  class Trends {
    @Test
    void areRisesAgainstWhatTheTimeBeforeLetsExpect() {
      List<History> histories = new ArrayList<>();
      for (int i = 0; i < 14; i++) {
        histories.add(ago(EventKind.CLICK, Duration.ofDays(3 + i % 12), 1)); // steady
        histories.add(ago(EventKind.CLICK, Duration.ofHours(i + 1), i < 2 ? 1 : 2)); // 2 rises
      }
      Trending trending = Trending.fit(histories, NOW);
      // 2: 12 now, 0 before: 12/√4; 1: 2 now, 14 in 14 days before lets 2 expect
      assertEquals(6f, trending.strength(2), 1e-6);
      assertEquals(0f, trending.strength(1), 1e-6);
      assertArrayEquals(new int[] {2}, trending.top(5).items());
    }

    @Test
    void doNotCountWhatIsStillToCome() {
      assertEquals(
          0, Trending.fit(List.of(ago(EventKind.CLICK, Duration.ofHours(-1), 1)), NOW).size());
    }
  }

  @Nested
  class Arrivals {
    private final Catalog catalog = new Catalog();

    private void put(String id, Instant publishTime) {
      ItemFields fields =
          new ItemFields(
              id,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              publishTime,
              null);
      catalog.apply(
          new CatalogEvent.ItemPut(
              new EventId("put-" + id), NOW.minus(Duration.ofDays(1)), new ItemId(id), fields));
    }

    @Test
    void areTheNewestFirstAndHalveWithAge() {
      put("old", NOW.minus(Duration.ofDays(1000)));
      put("lately", NOW.minus(NewArrivals.HALF_LIFE));
      put("now", NOW);
      put("soon", NOW.plusSeconds(1));
      NewArrivals arrivals = NewArrivals.fit(catalog, NOW);
      assertArrayEquals(new int[] {2, 1}, arrivals.top(5).items());
      assertArrayEquals(new float[] {1, 0.5f}, arrivals.top(5).strengths());
      assertEquals(0f, arrivals.strength(3));
      assertEquals(0f, arrivals.strength(99));
    }

    @Test
    void goByTheFirstPutWhereNoPublishTimeIsGiven() {
      put("plain", null);
      assertEquals(1, NewArrivals.fit(catalog, NOW).size());
    }
  }

  @Nested
  class TheBundle {
    private final Catalog catalog = new Catalog();

    @Test
    void agesOldDataByItsOwnNewestEvent() {
      History old = ago(EventKind.PURCHASE_COMPLETE, Duration.ofDays(5000), 1, 2);
      RecallIndexes indexes = RecallIndexes.fit(catalog, List.of(old), NOW);
      assertEquals(4f, indexes.popularity().strength(1), 1e-6);
      assertTrue(indexes.trending().strength(1) > 0);
      assertEquals(NOW, indexes.fittedAt());
    }

    private int put(String id, String title) {
      ItemId item = new ItemId(id);
      catalog.apply(
          new CatalogEvent.ItemPut(
              new EventId("put-" + id), NOW, item, AmazonShop.fields(title, null)));
      return catalog.vocabulary().indexOf(item);
    }

    @Test
    void beginsRoughlyWithEveryKindOfEvidence() {
      int red = put("1", "red shoe");
      int blue = put("2", "blue shoe");
      int green = put("3", "green shoe");
      History bought = ago(EventKind.PURCHASE_COMPLETE, Duration.ofDays(1), red, green);
      RecallIndexes rough = RecallIndexes.rough(catalog, 2, List.of(bought), NOW);
      assertTrue(rough.popularity().strength(green) > 0);
      assertTrue(rough.transitions().size() > 0);
      assertEquals(3, rough.arrivals().size());
      assertArrayEquals(new int[] {green}, rough.content().neighbours(red, 5).items());
      assertTrue(rough.content().vector(blue).isZero());
      assertTrue(rough.content().vector(catalog, blue).size() > 0, "read when it is asked for");
    }

    @Test
    void isTheSameFromASampleOfAll() {
      int red = put("1", "red shoe");
      int blue = put("2", "blue shoe");
      History bought = ago(EventKind.PURCHASE_COMPLETE, Duration.ofDays(1), red, blue);
      RecallIndexes whole = RecallIndexes.fit(catalog, List.of(bought), NOW);
      RecallIndexes sample = RecallIndexes.rough(catalog, 1, List.of(bought), NOW);
      assertArrayEquals(
          whole.content().neighbours(red, 5).strengths(),
          sample.content().neighbours(red, 5).strengths());
      assertArrayEquals(
          whole.transitions().neighbours(red, 5).strengths(),
          sample.transitions().neighbours(red, 5).strengths());
    }

    @Test
    void isEmptyForAShopWithoutAnything() {
      RecallIndexes indexes = RecallIndexes.fit(catalog, List.of(), NOW);
      assertEquals(0, indexes.transitions().size());
      assertEquals(0, indexes.itemToItem().best(History.EMPTY, 5).size());
    }
  }

  @Nested
  class ItemToItemBlend {
    private final Catalog catalog = new Catalog();

    private int put(String id, String title) {
      ItemId item = new ItemId(id);
      catalog.apply(
          new CatalogEvent.ItemPut(
              new EventId("put-" + id), NOW, item, AmazonShop.fields(title, null)));
      return catalog.vocabulary().indexOf(item);
    }

    @Test
    void ranksWhatIsCountedAndWhatIsAlike() {
      int shoe = put("1", "red shoe");
      int alike = put("2", "blue shoe");
      int counted = put("3", "garden hose");
      int neither = put("4", "umbrella");
      History walk = ago(EventKind.CLICK, Duration.ZERO, shoe, counted);
      RecallIndexes indexes = RecallIndexes.fit(catalog, List.of(walk), NOW);
      float[] scores = new float[catalog.indexBound()];
      indexes.itemToItem().addAll(ago(EventKind.CLICK, Duration.ZERO, shoe), scores);
      assertTrue(scores[alike] > 0);
      assertTrue(scores[counted] > 0);
      assertEquals(0f, scores[neither]);
      assertEquals(0f, scores[shoe], 1e-6, "an item is no evidence for itself");
    }

    @Test
    void recommendsAnItemAndHearsAShopperOfAnItemAddedAfterTheFit() {
      int shoe = put("1", "red shoe");
      RecallIndexes indexes = RecallIndexes.fit(catalog, List.of(), NOW);
      int fresh = put("2", "red shoe");
      var best = indexes.itemToItem().best(ago(EventKind.CLICK, Duration.ZERO, fresh), 5);
      assertArrayEquals(new int[] {shoe}, best.items());
    }
  }
}
