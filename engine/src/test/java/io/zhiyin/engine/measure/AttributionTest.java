package io.zhiyin.engine.measure;

import static io.zhiyin.engine.measure.Told.at;
import static io.zhiyin.engine.measure.Told.counts;
import static io.zhiyin.engine.measure.Told.ever;
import static io.zhiyin.engine.measure.Told.folded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.zhiyin.engine.event.ShopperEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Small stories, each with the counts that a person would write under them: impressions, clicks,
/// favourites, carts, purchases after a click, purchases after a view.
class AttributionTest {
  private static final Duration MILLI = Duration.ofMillis(1);

  @Nested
  class WhatWasShown {
    @Test
    void countsOnceForEachItemOfAListHoweverOftenItIsReported() {
      MeasureFold fold =
          folded(
              at(0).from("r1").shows("lamp", "vase"),
              at(1).from("r1").shows("lamp"),
              at(2).from("r2").shows("lamp"));
      assertEquals(List.of(3L, 0L, 0L, 0L, 0L, 0L), counts(fold));
      assertEquals(2, ever(fold).total().of(Figure.RECOMMENDATIONS));
    }

    @Test
    void countsNothingWithoutTheListsName() {
      assertEquals(List.of(0L, 0L, 0L, 0L, 0L, 0L), counts(folded(at(0).shows("lamp"))));
    }

    @Test
    void includesWhatWasClickedTooSoonForAnImpression() {
      assertEquals(
          List.of(1L, 1L, 0L, 0L, 0L, 0L), counts(folded(at(0).from("r1").clicks("lamp"))));
    }
  }

  @Nested
  class AClick {
    @Test
    void isTheSameWhetherTheClickOrThePageOrBothAreReported() {
      assertEquals(
          List.of(2L, 1L, 0L, 0L, 0L, 0L),
          counts(
              folded(
                  at(0).from("r1").shows("lamp", "vase"),
                  at(1).from("r1").clicks("lamp"),
                  at(1).from("r1").views("lamp"),
                  at(9).from("r1").clicks("lamp"))));
    }

    @Test
    void mayComeBeforeItsImpressionAndCountsInTheHourOfTheEarlierOfTheTwo() {
      MeasureFold fold = folded(at(61).from("r1").clicks("lamp"), at(59).from("r1").shows("lamp"));
      assertEquals(List.of(1L, 1L, 0L, 0L, 0L, 0L), counts(fold));
      List<Step> hours = fold.series(Told.DAY, Told.DAY.plusSeconds(86_400), Step.Width.HOUR);
      Step nine = hours.getFirst();
      assertEquals(Told.NINE, nine.from());
      assertEquals(1, nine.summary().total().of(Figure.CLICKS));
      assertEquals(1, nine.summary().total().of(Figure.RECOMMENDATIONS));
      assertEquals(0, hours.getLast().summary().total().of(Figure.IMPRESSIONS));
    }
  }

  @Nested
  class WhatComesAfterAClick {
    private List<Long> boughtAfter(Duration wait) {
      return counts(folded(at(0).from("r1").clicks("lamp"), at(wait).buys("lamp", 1, 20)));
    }

    @Test
    void belongsToTheListFor24HoursAndNotAMillisecondLonger() {
      assertEquals(List.of(1L, 1L, 0L, 0L, 1L, 0L), boughtAfter(Duration.ofHours(24)));
      assertEquals(List.of(1L, 1L, 0L, 0L, 0L, 0L), boughtAfter(Duration.ofHours(24).plus(MILLI)));
    }

    @Test
    void isNotWhatWasBoughtBeforeTheClick() {
      assertEquals(
          List.of(1L, 1L, 0L, 0L, 0L, 0L),
          counts(folded(at(5).from("r1").clicks("lamp"), at(4).buys("lamp", 1, 20))));
    }

    @Test
    void isOnlyAboutTheItemThatWasClickedByThatShopper() {
      assertEquals(
          List.of(1L, 1L, 0L, 0L, 0L, 0L),
          counts(
              folded(
                  at(0).from("r1").clicks("lamp"),
                  at(1).buys("vase", 1, 20),
                  at(1).by("bert", null).buys("lamp", 1, 20))));
    }

    @Test
    void countsEachStepOnce() {
      assertEquals(
          List.of(1L, 1L, 1L, 1L, 1L, 0L),
          counts(
              folded(
                  at(0).from("r1").clicks("lamp"),
                  at(1).saves("lamp"),
                  at(2).carts("lamp"),
                  at(3).carts("lamp"),
                  at(4).buys("lamp", 1, 20),
                  at(5).buys("lamp", 1, 20))));
    }

    @Test
    void goesToTheLastListThatWasClickedBeforeIt() {
      MeasureFold fold =
          folded(
              at(0).from("home-feed", "r1").clicks("lamp"),
              at(10).from("similar-items", "r2").clicks("lamp"),
              at(20).from("cart", "r3").clicks("lamp"),
              at(15).buys("lamp", 2, 20));
      Summary all = ever(fold);
      assertEquals(1, all.scenarios().get("similar-items").of(Figure.PURCHASES));
      assertEquals(1, all.total().of(Figure.PURCHASES));
      assertEquals(Map.of("", 40.0), all.scenarios().get("similar-items").clickRevenue());
    }

    @Test
    void goesToTheListThatThePurchaseNames() {
      MeasureFold fold =
          folded(
              at(0).from("home-feed", "r1").clicks("lamp"),
              at(10).from("similar-items", "r2").clicks("lamp"),
              at(15).from("home-feed", "r1").buys("lamp", 1, 20));
      assertEquals(1, ever(fold).scenarios().get("home-feed").of(Figure.PURCHASES));
    }

    @Test
    void isFoundAfterSigningInOnTheSameDevice() {
      assertEquals(
          List.of(1L, 1L, 0L, 0L, 1L, 0L),
          counts(
              folded(
                  at(0).by(null, "phone").from("r1").clicks("lamp"),
                  at(1).by("anna", "phone").buys("lamp", 1, 20))));
    }
  }

  @Nested
  class WhatWasOnlySeen {
    private List<Long> boughtAfter(Duration wait) {
      return counts(folded(at(0).from("r1").shows("lamp"), at(wait).buys("lamp", 1, 20)));
    }

    @Test
    void explainsAPurchaseForAnHour() {
      assertEquals(List.of(1L, 0L, 0L, 0L, 0L, 1L), boughtAfter(Duration.ofHours(1)));
      assertEquals(List.of(1L, 0L, 0L, 0L, 0L, 0L), boughtAfter(Duration.ofHours(1).plus(MILLI)));
    }

    @Test
    void explainsNothingButAPurchaseAndNothingThatAClickExplains() {
      MeasureFold fold =
          folded(
              at(0).from("r1").clicks("lamp"),
              at(5).from("r2").shows("lamp"),
              at(6).carts("lamp"),
              at(7).buys("lamp", 1, 20),
              at(8).from("r3").shows("vase"),
              at(9).saves("vase"));
      assertEquals(List.of(3L, 1L, 0L, 1L, 1L, 0L), counts(fold));
    }
  }

  @Nested
  class Revenue {
    @Test
    void isSummedByCurrencyInTheHourOfThePurchase() {
      MeasureFold fold =
          folded(
              at(0).from("r1").clicks("lamp"),
              at(0).from("r1").shows("vase"),
              at(50).buys("vase", 1, 0.1),
              at(70).with("currency", "CNY").buys("lamp", 3, 19.9),
              at(71).with("currency", "CNY").buys("rug", 1, 100));
      Summary all = ever(fold);
      assertEquals(Map.of("", 0.1, "CNY", 159.7), all.revenue());
      assertEquals(Map.of("CNY", 59.7), all.total().clickRevenue());
      assertEquals(Map.of("", 0.1), all.total().viewRevenue());
      Summary ten = fold.summary(Told.NINE.plusSeconds(3_600), Told.NINE.plusSeconds(7_200));
      assertEquals(Map.of("CNY", 59.7), ten.total().clickRevenue());
      assertEquals(0, ten.total().of(Figure.PURCHASES), "the lamp was shown before ten");
    }

    @Test
    void saysHowManyLinesHadNoPrice() {
      ShopperEvent unpriced =
          new ShopperEvent.PurchaseComplete(
              at(0).header(), List.of(io.zhiyin.engine.event.ItemLine.of("lamp")));
      assertEquals(1, ever(folded(unpriced)).unpriced());
    }
  }

  @Nested
  class WhoIsNotCounted {
    @Test
    void internalTrafficAndNamedBotsAreCountedApart() {
      Summary all =
          ever(
              folded(
                  at(0).with("traffic", "internal").from("r1").shows("lamp"),
                  at(1).with("traffic", "bot").from("r2").clicks("lamp"),
                  at(2).from("r3").shows("lamp")));
      assertEquals(1, all.total().of(Figure.IMPRESSIONS));
      assertEquals(List.of(1L, 1L, 1L), List.of(all.counted(), all.internal(), all.bots()));
    }

    @Test
    void whoIsTooFastIsLeftOutFromThereOnForADayAndOthersAreNot() {
      List<ShopperEvent> events = new ArrayList<>();
      for (int i = 0; i < Pace.MOST_A_MINUTE; i++) {
        events.add(at(Duration.ofMillis(100L * i)).views("lamp"));
      }
      assertEquals(0, ever(folded(events)).bots());
      events.add(at(Duration.ofSeconds(59)).views("lamp"));
      events.add(at(Duration.ofHours(5)).from("r1").clicks("lamp"));
      events.add(at(Duration.ofHours(5)).by("bert", null).from("r2").clicks("lamp"));
      events.add(at(Duration.ofHours(25)).from("r3").clicks("vase"));
      Summary all = ever(folded(events));
      assertEquals(2, all.bots());
      assertEquals(2, all.total().of(Figure.CLICKS));
    }
  }

  @Nested
  class TheFunnel {
    @Test
    void hasEventsAndShoppersOfTheWholeShop() {
      Summary all =
          ever(
              folded(
                  at(0).views("lamp"),
                  at(1).views("vase"),
                  at(1).by("bert", null).views("vase"),
                  at(2).by(null, "phone").views("vase"),
                  at(3).saves("lamp"),
                  at(4).carts("lamp"),
                  at(4).by("bert", null).carts("vase"),
                  at(5).buys("lamp", 1, 20)));
      assertEquals(
          List.of(
              new Summary.Funnel(FunnelStep.VIEW, 4, 3),
              new Summary.Funnel(FunnelStep.FAVORITE, 1, 1),
              new Summary.Funnel(FunnelStep.CART, 2, 2),
              new Summary.Funnel(FunnelStep.PURCHASE, 1, 1)),
          all.funnel());
    }
  }

  @Nested
  class Rates {
    @Test
    void areSharesOfWhatWasShownWithWilsonsInterval() {
      MeasureFold fold = new MeasureFold();
      for (int i = 0; i < 10; i++) {
        fold.apply(at(i).by("u" + i, null).from("r" + i).shows("lamp"));
      }
      fold.apply(at(20).by("u1", null).from("r1").clicks("lamp"));
      Summary.Rate rate = ever(fold).total().rate(Figure.CLICKS);
      assertEquals(0.1, rate.value());
      assertEquals(0.0179, rate.interval().low(), 5e-5);
      assertEquals(0.4042, rate.interval().high(), 5e-5);
    }

    @Test
    void ofNothingAreNothing() {
      assertNull(ever(new MeasureFold()).total().rate(Figure.CLICKS).value());
    }

    @Test
    void keepTheirCountsWhenHoursBecomeDays() {
      MeasureFold fold = folded(at(0).from("r1").shows("lamp"), at(1).from("r1").clicks("lamp"));
      Instant later = Told.DAY.plus(Duration.ofDays(15));
      fold.roll(later);
      fold.apply(at(2).from("r1").clicks("lamp"));
      fold.apply(at(3).carts("lamp"));
      assertEquals(List.of(1L, 1L, 0L, 1L, 0L, 0L), counts(fold));
      List<Step> steps = fold.series(Told.DAY, later, Step.Width.HOUR);
      assertEquals(List.of(Told.DAY), steps.stream().map(Step::from).toList());
    }
  }
}
