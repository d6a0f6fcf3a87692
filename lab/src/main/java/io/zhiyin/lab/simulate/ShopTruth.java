package io.zhiyin.lab.simulate;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// What every shopper truly wants. A shop sees only what they do; the simulation knows why, and so
/// can say how close a list comes to the best possible one.
///
/// The attraction of an item is the sum of the wish for its type (with the season), the liking of
/// brand and style, the price's distance from the budget, its quality and its appeal to everyone. A
/// look at the item leads to a click, and a click to a purchase, with logistic probabilities of it.
/// A visit has an intent, one product type that is wanted more than others that day; probabilities
/// here are taken over all intents that the visit may have.
public final class ShopTruth {
  /// What a visit's intent adds to the attraction of its type.
  static final double INTENT = 2.0;

  /// A position in a list is looked at this much less often than the one before it.
  static final double NEXT_POSITION = 0.93;

  private static final double SLOPE = 0.7;
  private static final double CLICK_OFFSET = 3.6;
  private static final double BUY_OFFSET = 4.6;
  private static final double WISH = 0.8;

  private final SimulatedShop shop;

  public ShopTruth(SimulatedShop shop) {
    this.shop = shop;
  }

  /// How the wish is shared out over product types at this time; sums to 1.
  double[] wishes(Shopper shopper, Instant time) {
    List<ProductType> types = shop.types();
    double[] wishes = new double[types.size()];
    double sum = 0;
    for (int t = 0; t < wishes.length; t++) {
      wishes[t] = shopper.types()[t] * Seasons.demand(types.get(t), time);
      sum += wishes[t];
    }
    for (int t = 0; t < wishes.length; t++) {
      wishes[t] /= sum;
    }
    return wishes;
  }

  /// How well an item suits the shopper among others of its type.
  static double fit(Shopper shopper, Product product) {
    double gap = product.level() - shopper.budget();
    double misfit = (gap > 0 ? 5.5 : 2.5) * gap * gap;
    return shopper.brands()[product.design().brand().index()]
        + shopper.styles()[product.design().styleIndex()]
        + 0.6 * product.quality()
        + 0.6 * product.appeal()
        - misfit;
  }

  double attraction(Shopper shopper, Product product, double wish) {
    double relative = StrictMath.log(wish * shop.types().size() + 0.02);
    return WISH * relative + fit(shopper, product);
  }

  static double clickProbability(double attraction) {
    return logistic(SLOPE * attraction - CLICK_OFFSET);
  }

  /// Of a purchase, once the item's page is open.
  static double buyProbability(double attraction) {
    return logistic(SLOPE * attraction - BUY_OFFSET);
  }

  /// The probability that the shopper, looking at this item at this time, will buy it: 0 where it
  /// cannot be bought.
  public double probability(Shopper shopper, int product, Instant time) {
    return probability(shopper, shop.products().get(product), wishes(shopper, time), time);
  }

  private double probability(Shopper shopper, Product product, double[] wishes, Instant time) {
    if (product.stock() == 0 || !product.publishedAt(time)) {
      return 0;
    }
    double wish = wishes[product.type().index()];
    double usual = attraction(shopper, product, wish);
    return wish * purchase(usual + INTENT) + (1 - wish) * purchase(usual);
  }

  private static double purchase(double attraction) {
    return clickProbability(attraction) * buyProbability(attraction);
  }

  /// The probabilities of all items, by product index.
  public double[] probabilities(Shopper shopper, Instant time) {
    double[] wishes = wishes(shopper, time);
    List<Product> products = shop.products();
    double[] all = new double[products.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = probability(shopper, products.get(i), wishes, time);
    }
    return all;
  }

  /// The `n` items that the shopper would most probably buy, best first.
  public List<Integer> bestPossible(Shopper shopper, int n, Instant time) {
    double[] all = probabilities(shopper, time);
    return IntStream.range(0, all.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(i -> -all[i]).thenComparing(i -> i))
        .limit(n)
        .toList();
  }

  /// The purchases that one look at the list leads to on average; lower positions are seen less.
  public double value(Shopper shopper, List<Integer> list, Instant time) {
    double[] wishes = wishes(shopper, time);
    double value = 0;
    double seen = 1;
    for (int product : list) {
      value += seen * probability(shopper, shop.products().get(product), wishes, time);
      seen *= NEXT_POSITION;
    }
    return value;
  }

  /// What one look at the list brings in on average, in the shop's currency.
  public double revenue(Shopper shopper, List<Integer> list, Instant time) {
    double[] wishes = wishes(shopper, time);
    double revenue = 0;
    double seen = 1;
    for (int index : list) {
      Product product = shop.products().get(index);
      revenue += seen * product.price() * probability(shopper, product, wishes, time);
      seen *= NEXT_POSITION;
    }
    return revenue;
  }

  /// The list's discounted gain over that of the best list of its length: 1 is perfect.
  public double ndcg(Shopper shopper, List<Integer> list, Instant time) {
    double ideal = gain(shopper, bestPossible(shopper, list.size(), time), time);
    return ideal == 0 ? 0 : gain(shopper, list, time) / ideal;
  }

  private double gain(Shopper shopper, List<Integer> list, Instant time) {
    double[] wishes = wishes(shopper, time);
    double gain = 0;
    for (int i = 0; i < list.size(); i++) {
      gain +=
          probability(shopper, shop.products().get(list.get(i)), wishes, time)
              / (StrictMath.log(i + 2) / StrictMath.log(2));
    }
    return gain;
  }

  private static double logistic(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }
}
