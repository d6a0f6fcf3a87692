package io.zhiyin.lab.simulate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// How a shopper who looks around by themselves comes from one product to the next.
final class Choices {
  private static final double CHOOSINESS = 1.1;

  private final SimulatedShop shop;

  Choices(SimulatedShop shop) {
    this.shop = shop;
  }

  /// A product of this type, as the shopper's taste has it.
  Optional<Product> of(Dice dice, Shopper shopper, ProductType type, Instant time) {
    return draw(dice, published(type, time), product -> ShopTruth.fit(shopper, product));
  }

  /// Another product to compare with the one just seen.
  Optional<Product> like(Dice dice, Shopper shopper, Product seen, Instant time) {
    List<Product> others = published(seen.type(), time);
    others.remove(seen);
    return draw(
        dice,
        others,
        product -> {
          double apart = product.level() - seen.level();
          return ShopTruth.fit(shopper, product) + likeness(product, seen) - 5 * apart * apart;
        });
  }

  /// Something that goes with it: a case for the phone, socks for the running shoes.
  Optional<Product> beside(Dice dice, Shopper shopper, Product seen, Instant time) {
    List<String> follows = seen.type().follows();
    if (follows.isEmpty()) {
      return Optional.empty();
    }
    ProductType type = shop.type(follows.get(firstMostly(dice, follows.size())));
    List<Product> others = published(type, time);
    others.remove(seen);
    return draw(dice, others, product -> ShopTruth.fit(shopper, product) + likeness(product, seen));
  }

  private static int firstMostly(Dice dice, int size) {
    return dice.chance(0.6) ? 0 : dice.below(size);
  }

  private static double likeness(Product product, Product seen) {
    return (product.design().brand().equals(seen.design().brand()) ? 0.9 : 0)
        + (product.design().styleIndex() == seen.design().styleIndex() ? 0.9 : 0)
        + (product.design().colour().equals(seen.design().colour()) ? 0.5 : 0);
  }

  private List<Product> published(ProductType type, Instant time) {
    List<Product> published = new ArrayList<>();
    for (Product product : shop.products(type)) {
      if (product.publishedAt(time)) {
        published.add(product);
      }
    }
    return published;
  }

  private static Optional<Product> draw(
      Dice dice, List<Product> products, ToDoubleFunction<Product> liking) {
    double[] weights = new double[products.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = StrictMath.exp(CHOOSINESS * liking.applyAsDouble(products.get(i)));
    }
    int drawn = dice.weighted(weights);
    return drawn < 0 ? Optional.empty() : Optional.of(products.get(drawn));
  }
}
