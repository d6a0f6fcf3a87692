package io.zhiyin.lab.simulate;

import io.zhiyin.lab.simulate.ShopEvent.Who;
import io.zhiyin.lab.simulate.Shopper.Membership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// How close a shop's lists come to the best possible ones: 1 is perfect.
///
/// @param shoppers how many known shoppers were asked for
/// @param purchases expected purchases of the shop's lists over those of the best lists
/// @param ndcg mean discounted gain against true utilities
/// @param bestsellers expected purchases where everybody sees the shop's bestsellers
/// @param random expected purchases where everybody sees anything
public record ListQuality(
    int shoppers, double purchases, double ndcg, double bestsellers, double random) {

  /// Asks the shop for the `home-feed` of a sample of its members.
  public static ListQuality measure(SimulatedShop shop, Shop port, int sample, int n, Instant now) {
    ShopTruth truth = new ShopTruth(shop);
    Dice dice = Dice.of(shop.settings().seed(), 5);
    List<Shopper> members =
        shop.shoppers().stream()
            .filter(shopper -> shopper.membership() == Membership.MEMBER)
            .limit(sample)
            .toList();
    List<Integer> popular = shop.bestsellers(n, now).stream().map(Product::index).toList();
    Sum purchases = new Sum();
    Sum ndcg = new Sum();
    Sum bestsellers = new Sum();
    Sum random = new Sum();
    for (Shopper shopper : members) {
      List<Integer> list = list(shop, port, shopper, n);
      Function<List<Integer>, Double> share =
          shown ->
              truth.value(shopper, shown, now)
                  / truth.value(shopper, truth.bestPossible(shopper, n, now), now);
      purchases.add(share.apply(list));
      ndcg.add(truth.ndcg(shopper, list, now));
      bestsellers.add(share.apply(popular));
      random.add(share.apply(anything(shop, dice, n)));
    }
    return new ListQuality(
        members.size(), purchases.mean(), ndcg.mean(), bestsellers.mean(), random.mean());
  }

  private static List<Integer> list(SimulatedShop shop, Shop port, Shopper shopper, int n) {
    return port.recommend("home-feed", new Who(shopper.userId(), null), null, n).itemIds().stream()
        .flatMap(itemId -> shop.productOf(itemId).stream())
        .toList();
  }

  private static List<Integer> anything(SimulatedShop shop, Dice dice, int n) {
    List<Integer> list = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      list.add(dice.below(shop.productCount()));
    }
    return list;
  }

  private static final class Sum {
    private double total;
    private int count;

    void add(double value) {
      total += value;
      count++;
    }

    double mean() {
      return count == 0 ? 0 : total / count;
    }
  }
}
