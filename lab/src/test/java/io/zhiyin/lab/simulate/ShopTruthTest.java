package io.zhiyin.lab.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ShopTruthTest {
  private static final int LENGTH = 10;
  private static final SimulatedShop SHOP = Small.shop();
  private static final ShopTruth TRUTH = new ShopTruth(SHOP);

  @Nested
  class ListsAreWorth {
    @Test
    void moreWhenTheyMindTheShoppersTasteAndMostWhenTheyKnowIt() {
      List<Integer> popular = popular();
      double random = mean(shopper -> random(shopper));
      double same = mean(shopper -> popular);
      double aware = mean(shopper -> ofFavouriteType(shopper));
      double best = mean(shopper -> TRUTH.bestPossible(shopper, LENGTH, Small.NOW));
      String all = "random " + random + ", popular " + same + ", aware " + aware + ", best " + best;
      assertTrue(random < same / 1.5, all);
      assertTrue(same < aware / 1.5, all);
      assertTrue(aware < best / 1.2, all);
    }

    private double mean(Function<Shopper, List<Integer>> lists) {
      return SHOP.shoppers().stream()
          .mapToDouble(shopper -> TRUTH.value(shopper, lists.apply(shopper), Small.NOW))
          .average()
          .orElseThrow();
    }

    private List<Integer> random(Shopper shopper) {
      Dice dice = Dice.of(shopper.index());
      return IntStream.range(0, LENGTH).mapToObj(i -> dice.below(SHOP.productCount())).toList();
    }

    private List<Integer> popular() {
      int[] sold = new int[SHOP.productCount()];
      for (ShopEvent event : ShopHistory.of(SHOP)) {
        event.lines().forEach(line -> sold[SHOP.productOf(line.itemId()).orElseThrow()]++);
      }
      return top(product -> (double) sold[product.index()]);
    }

    private List<Integer> ofFavouriteType(Shopper shopper) {
      int favourite =
          IntStream.range(0, shopper.types().length)
              .boxed()
              .max(Comparator.comparingDouble(type -> shopper.types()[type]))
              .orElseThrow();
      return top(
          product ->
              (product.type().index() == favourite ? 10 : 0)
                  + shopper.styles()[product.design().styleIndex()]);
    }

    private List<Integer> top(Function<Product, Double> score) {
      return SHOP.products().stream()
          .sorted(Comparator.comparing(score).reversed())
          .limit(LENGTH)
          .map(Product::index)
          .toList();
    }
  }

  @Nested
  class TheBestList {
    private final Shopper shopper = SHOP.shoppers().getFirst();
    private final List<Integer> best = TRUTH.bestPossible(shopper, LENGTH, Small.NOW);

    @Test
    void hasAPerfectGainAndItsReverseHasLess() {
      assertEquals(1, TRUTH.ndcg(shopper, best, Small.NOW), 1e-12);
      assertTrue(TRUTH.ndcg(shopper, best.reversed(), Small.NOW) < 1);
    }

    @Test
    void startsWithWhatIsBoughtMostProbablyAndOffersNothingSoldOut() {
      double[] all = TRUTH.probabilities(shopper, Small.NOW);
      for (int i = 1; i < LENGTH; i++) {
        assertTrue(all[best.get(i - 1)] >= all[best.get(i)]);
      }
      assertTrue(
          SHOP.products().stream()
              .filter(product -> product.stock() == 0)
              .allMatch(product -> all[product.index()] == 0));
    }
  }

  @Nested
  class TheSeason {
    @Test
    void makesWinterThingsWantedInWinter() {
      ProductType blanket = SHOP.type("blanket");
      assertTrue(
          Seasons.demand(blanket, java.time.Instant.parse("2026-12-10T00:00:00Z"))
              > 3 * Seasons.demand(blanket, java.time.Instant.parse("2026-06-10T00:00:00Z")));
    }
  }
}
