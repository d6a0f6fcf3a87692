package io.zhiyin.engine.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.profile.Interests.Interest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// A shop of five lamps (10, 20, 30, 40, 50), two of them by 明, and one chair for 1000.
class ProfileSummaryTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Shopper ANNA = new Shopper.User(new UserId("anna"));
  private static final InterestWeights WEIGHTS =
      new InterestWeights(1, 3, 4, 6, 2, -2, -4, Duration.ofDays(10));

  private final Catalog catalog = new Catalog();
  private PriceScale prices = PriceScale.fit(catalog);

  @BeforeEach
  void open() {
    put("lamp1", "Home > Lamps", "明", 10.0, List.of("warm"));
    put("lamp2", "Home > Lamps", "明", 20.0, List.of("warm", "small"));
    put("lamp3", "Home > Lamps", null, 30.0, null);
    put("lamp4", "Home > Lamps", null, 40.0, null);
    put("lamp5", "Home > Lamps", null, 50.0, null);
    put("chair", "Home > Chairs", "Oak", 1000.0, null);
    prices = PriceScale.fit(catalog);
  }

  private void put(
      String id,
      String category,
      @Nullable String brand,
      double price,
      @Nullable List<String> tags) {
    ItemFields fields =
        new ItemFields(
            null,
            null,
            List.of(category),
            brand,
            price,
            null,
            null,
            null,
            null,
            null,
            tags,
            null,
            null,
            null);
    catalog.apply(new CatalogEvent.ItemPut(new EventId(id), NOW, new ItemId(id), fields));
  }

  private record Step(EventKind kind, String item, Duration ago) {}

  private static Step step(EventKind kind, String item, Duration ago) {
    return new Step(kind, item, ago);
  }

  private Profile profile(Step... steps) {
    int n = steps.length;
    int[] items = new int[n];
    byte[] kinds = new byte[n];
    long[] times = new long[n];
    float[] paid = new float[n];
    int[] baskets = new int[n];
    long[] counts = new long[64];
    for (int i = 0; i < n; i++) {
      items[i] = catalog.vocabulary().indexOf(new ItemId(steps[i].item()));
      kinds[i] = steps[i].kind().code();
      times[i] = NOW.minus(steps[i].ago()).toEpochMilli();
      baskets[i] = i;
      counts[kinds[i]]++;
    }
    Arrays.fill(paid, Float.NaN);
    History history = new History(items, kinds, times, paid, baskets);
    return new Profile(ANNA, history, List.of(), counts, List.of(), n == 0 ? 0 : times[n - 1]);
  }

  private Item item(String id) {
    return Objects.requireNonNull(catalog.at(catalog.vocabulary().indexOf(new ItemId(id))));
  }

  @Nested
  class Liking {
    private Interests interests(Step... steps) {
      return Interests.of(profile(steps), catalog, prices, WEIGHTS, NOW);
    }

    @Test
    void sumsFadedWeightsByCategoryOfEachLevel() {
      // A purchase one half-life ago counts 6 / 2 = 3, a view now 1.
      Interests interests =
          interests(
              step(EventKind.PURCHASE_COMPLETE, "lamp1", Duration.ofDays(10)),
              step(EventKind.DETAIL_PAGE_VIEW, "chair", Duration.ZERO));
      assertEquals(
          List.of(
              new Interest("Home", 1, 4, 1),
              new Interest("Home > Lamps", 2, 3, 0.75),
              new Interest("Home > Chairs", 2, 1, 0.25)),
          interests.categories());
      assertEquals(
          List.of(new Interest("明", 1, 3, 0.75), new Interest("Oak", 1, 1, 0.25)),
          interests.brands());
      assertEquals(List.of(new Interest("warm", 1, 3, 1)), interests.tags());
      assertEquals(0.75, interests.inCategory("Home > Lamps"));
      assertEquals(0, interests.inBrand("none"));
    }

    @Test
    void knowsThePriceBands() {
      // Of five lamps, the first is at percentile 0.1 and the fourth at 0.7: bands 0 and 3.
      Interests interests =
          interests(
              step(EventKind.ADD_TO_CART, "lamp4", Duration.ZERO),
              step(EventKind.DETAIL_PAGE_VIEW, "lamp1", Duration.ZERO));
      assertEquals(
          List.of(new Interest("3", 1, 4, 0.8), new Interest("0", 1, 1, 0.2)),
          interests.priceBands());
    }

    @Test
    void whatWasTakenOutOfTheCartDoesNotCountAsLiked() {
      Interests interests =
          interests(
              step(EventKind.DETAIL_PAGE_VIEW, "chair", Duration.ZERO),
              step(EventKind.REMOVE_FROM_CART, "chair", Duration.ZERO));
      assertEquals(Interests.NONE, interests);
    }
  }

  @Nested
  class Paying {
    @Test
    void aPriceStandsAmongThoseOfItsCategory() {
      assertEquals(0.1, prices.percentile(item("lamp1"), 10));
      assertEquals(0.5, prices.percentile(item("lamp1"), 30));
      assertEquals(1.0, prices.percentile(item("lamp1"), 60));
      assertEquals(0.0, prices.percentile(item("lamp1"), 5));
    }

    @Test
    void aCategoryOfFewPricesAsksItsParent() {
      // The chair stands among all six of Home: (5 + 6) / 2 / 6.
      assertEquals(11 / 12.0, prices.percentile(item("chair"), 1000), 1e-12);
    }

    @Test
    void aShopWithoutPricesSaysNothing() {
      assertTrue(Double.isNaN(PriceScale.fit(new Catalog()).percentile(item("lamp1"), 10)));
    }

    @Test
    void powerIsTheWeightedMeanOfPercentiles() {
      // view lamp1: 0.1 × 1; cart lamp3: 0.5 × 3; purchase lamp5: 0.9 × 5 → 6.1 / 9.
      SpendingPower power =
          SpendingPower.of(
              profile(
                  step(EventKind.DETAIL_PAGE_VIEW, "lamp1", Duration.ZERO),
                  step(EventKind.ADD_TO_CART, "lamp3", Duration.ZERO),
                  step(EventKind.PURCHASE_COMPLETE, "lamp5", Duration.ZERO)),
              catalog,
              prices);
      assertEquals(6.1 / 9, power.percentile(), 1e-12);
      assertEquals(3, power.lines());
      assertTrue(power.isKnown());
    }

    @Test
    void nothingIsKnownOfAnEmptyHistory() {
      SpendingPower power = SpendingPower.of(Profile.unknown(ANNA), catalog, prices);
      assertTrue(Double.isNaN(power.percentile()));
      assertFalse(power.isKnown());
    }
  }

  @Nested
  class Visiting {
    @Test
    void aPauseOfMoreThanHalfAnHourParts() {
      Session session =
          Session.current(
              profile(
                  step(EventKind.DETAIL_PAGE_VIEW, "lamp1", Duration.ofMinutes(91)),
                  step(EventKind.DETAIL_PAGE_VIEW, "lamp2", Duration.ofMinutes(60)),
                  step(EventKind.DETAIL_PAGE_VIEW, "lamp3", Duration.ofMinutes(30)),
                  step(EventKind.ADD_TO_CART, "lamp3", Duration.ofMinutes(29))),
              NOW,
              Session.GAP);
      assertEquals(
          new Session(
              NOW.minus(Duration.ofMinutes(60)), NOW.minus(Duration.ofMinutes(29)), 3, 1, true),
          session);
    }

    @Test
    void isOverWhenThePauseIsLonger() {
      Profile profile = profile(step(EventKind.DETAIL_PAGE_VIEW, "lamp1", Duration.ofMinutes(31)));
      assertFalse(Session.current(profile, NOW, Session.GAP).active());
    }

    @Test
    void searchesAreStepsToo() {
      Profile.PageView search =
          new Profile.PageView(NOW.minusSeconds(60).toEpochMilli(), "", "lamp");
      Profile seen = profile(step(EventKind.DETAIL_PAGE_VIEW, "lamp1", Duration.ofMinutes(25)));
      Profile profile =
          new Profile(
              ANNA,
              seen.history(),
              List.of(search),
              seen.eventCounts(),
              List.of(),
              search.timeMillis());
      assertEquals(2, Session.current(profile, NOW, Session.GAP).steps());
    }

    @Test
    void aShopperWithoutStepsHasNone() {
      Session none = Session.current(Profile.unknown(ANNA), NOW, Session.GAP);
      assertEquals(0, none.steps());
      assertFalse(none.active());
    }
  }

  @Nested
  class Words {
    private ProfileSummary summary(Profile profile) {
      return ProfileSummary.of(profile, catalog, prices, WEIGHTS, NOW);
    }

    @Test
    void sayTheSameInBothLanguages() {
      ProfileSummary summary =
          summary(
              profile(
                  step(EventKind.PURCHASE_COMPLETE, "lamp1", Duration.ofDays(10)),
                  step(EventKind.DETAIL_PAGE_VIEW, "lamp1", Duration.ofDays(1)),
                  step(EventKind.DETAIL_PAGE_VIEW, "lamp2", Duration.ofMinutes(2)),
                  step(EventKind.DETAIL_PAGE_VIEW, "lamp2", Duration.ofMinutes(1)),
                  step(EventKind.ADD_TO_CART, "lamp2", Duration.ZERO)));
      assertEquals("anna", summary.shopper());
      assertEquals("user", summary.kind());
      // (5 × 0.1 + 0.1 + 0.3 + 0.3 + 3 × 0.3) / 11 = 0.19
      assertEquals(
          "An occasional shopper, seen today. 1 purchase. Cares most for Home, Home > Lamps."
              + " Brands: 明. Chooses among the cheapest of a kind (19 of 100). Is here now: 3"
              + " steps.",
          summary.words(Locale.ENGLISH));
      assertEquals(
          "偶尔光顾的顾客，今天来过。购买过 1 次。最感兴趣的类目：Home、Home > Lamps。品牌：明。"
              + "偏好同类中最便宜的商品（价位百分位 19）。正在浏览：已有 3 步。",
          summary.words(Locale.SIMPLIFIED_CHINESE));
    }

    @Test
    void ofAStrangerSayThatNothingIsKnown() {
      ProfileSummary summary = summary(Profile.unknown(ANNA));
      assertEquals("A new shopper, not seen yet.", summary.english());
      assertEquals("新顾客，尚未来过。", summary.chinese());
    }
  }
}
