package io.zhiyin.lab.simulate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A shop with its products and shoppers as they stand at `now`; the same settings give the same
/// shop.
public final class SimulatedShop {
  private static final int BESTSELLERS = 120;

  private final ShopSettings settings;
  private final ShopWords words;
  private final List<Product> products;
  private final List<Shopper> shoppers;
  private final List<List<Product>> byType = new ArrayList<>();
  private final Map<String, Product> byId = new HashMap<>();

  private final List<Product> ranked;

  private SimulatedShop(ShopSettings settings) {
    this.settings = settings;
    this.words = ShopWords.load();
    this.products =
        new ProductMaker(words, settings.seed(), settings.now()).make(settings.productsPerType());
    this.shoppers = new ShopperMaker(words, settings.seed()).make(settings.shoppers());
    words.types().forEach(type -> byType.add(new ArrayList<>()));
    for (Product product : products) {
      byType.get(product.type().index()).add(product);
      byId.put(product.itemId(), product);
    }
    this.ranked =
        products.stream()
            .sorted(Comparator.comparingDouble(SimulatedShop::popularity).reversed())
            .toList();
  }

  private static double popularity(Product product) {
    return product.appeal()
        + 0.6 * product.quality()
        + StrictMath.log(product.type().wants().weight());
  }

  public static SimulatedShop open(ShopSettings settings) {
    return new SimulatedShop(settings);
  }

  public ShopSettings settings() {
    return settings;
  }

  public List<Shopper> shoppers() {
    return shoppers;
  }

  public int productCount() {
    return products.size();
  }

  public String itemId(int product) {
    return products.get(product).itemId();
  }

  /// The product's number, by which [ShopTruth] knows it.
  public Optional<Integer> productOf(String itemId) {
    return product(itemId).map(Product::index);
  }

  List<Product> products() {
    return products;
  }

  List<Product> products(ProductType type) {
    return byType.get(type.index());
  }

  Optional<Product> product(String itemId) {
    return Optional.ofNullable(byId.get(itemId));
  }

  /// The `n` products that sell best whoever looks.
  List<Product> bestsellers(int n, Instant time) {
    return ranked.stream().filter(product -> product.publishedAt(time)).limit(n).toList();
  }

  /// `n` of the products that sell best whoever looks, in an order of the day.
  List<Product> bestsellers(Dice dice, Instant time, int n) {
    List<Product> shown = new ArrayList<>();
    while (shown.size() < n) {
      Product product = ranked.get(dice.below(Math.min(ranked.size(), BESTSELLERS)));
      if (product.publishedAt(time) && !shown.contains(product)) {
        shown.add(product);
      }
    }
    return shown;
  }

  List<ProductType> types() {
    return words.types();
  }

  ProductType type(String id) {
    return words.type(id);
  }

  /// What the shop is made from.
  ///
  /// @param now the end of the shop's history, and the present of its live shoppers
  public record ShopSettings(
      long seed, Instant now, int days, int productsPerType, int shoppers, ShopLanguage language) {

    /// The demo's size: 82 types of 28 products, 5,200 shoppers, 90 days.
    public static ShopSettings demo(long seed, Instant now, ShopLanguage language) {
      return new ShopSettings(seed, now, 90, 28, 5_200, language);
    }

    Instant start() {
      return now.minusSeconds(days * 86_400L);
    }
  }
}
