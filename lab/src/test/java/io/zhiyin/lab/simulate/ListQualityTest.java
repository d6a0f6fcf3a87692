package io.zhiyin.lab.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.lab.simulate.ShopEvent.Who;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ListQualityTest {
  private static final SimulatedShop SHOP = Small.shop();

  @Nested
  class TheQualityOfLists {
    @Test
    void isPerfectWhenTheShopKnowsTheTruth() {
      ShopTruth truth = new ShopTruth(SHOP);
      Map<String, Shopper> shoppers =
          SHOP.shoppers().stream().collect(Collectors.toMap(Shopper::userId, Function.identity()));
      ListQuality quality = measure(user -> truth.bestPossible(shoppers.get(user), 10, Small.NOW));
      assertEquals(1, quality.purchases(), 1e-9);
      assertEquals(1, quality.ndcg(), 1e-9);
    }

    @Test
    void isThatOfBestsellersWhenTheShopShowsOnlyThose() {
      List<Integer> popular = SHOP.bestsellers(10, Small.NOW).stream().map(Product::index).toList();
      ListQuality quality = measure(user -> popular);
      assertEquals(quality.bestsellers(), quality.purchases(), 1e-12);
      assertTrue(quality.bestsellers() > 1.5 * quality.random(), quality::toString);
    }

    @Test
    void isNothingWhenNothingIsShown() {
      assertEquals(0, measure(user -> List.of()).purchases());
    }
  }

  private static ListQuality measure(Function<String, List<Integer>> lists) {
    Shop port =
        new Shop() {
          @Override
          public Slate recommend(String scenario, Who who, @Nullable String itemId, int n) {
            return new Slate("r", lists.apply(who.userId()).stream().map(SHOP::itemId).toList());
          }

          @Override
          public void send(List<NamedEvent> events) {}
        };
    return ListQuality.measure(SHOP, port, 60, 10, Small.NOW);
  }
}
