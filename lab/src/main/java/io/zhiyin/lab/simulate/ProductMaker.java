package io.zhiyin.lab.simulate;

import io.zhiyin.lab.simulate.Product.Design;
import io.zhiyin.lab.simulate.ShopWords.Colour;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Designs, prices and dates the products: no two with the same title in either language.
final class ProductMaker {
  private static final int TRIES = 500;
  private static final double SOLD_OUT = 0.03;
  private static final double BRAND_NEW = 0.025;

  private final ShopWords words;
  private final Instant now;
  private final Dice dice;
  private final Set<String> titles = new HashSet<>();

  ProductMaker(ShopWords words, long seed, Instant now) {
    this.words = words;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
    this.dice = Dice.of(seed, 1);
  }

  /// `perType` products of each type, in an order that says nothing.
  List<Product> make(int perType) {
    List<Product> made = new ArrayList<>();
    for (ProductType type : words.types()) {
      for (int rank = 1; rank <= perType; rank++) {
        made.add(product(design(type), rank, perType));
      }
    }
    dice.shuffle(made);
    for (int i = 0; i < made.size(); i++) {
      made.set(i, made.get(i).numbered(i));
    }
    return List.copyOf(made);
  }

  private Design design(ProductType type) {
    for (int i = 0; i < TRIES; i++) {
      Design design = draw(type);
      Phrase title = design.title();
      if (!titles.contains(title.en()) && !titles.contains(title.zh())) {
        titles.add(title.en());
        titles.add(title.zh());
        return design;
      }
    }
    throw new IllegalStateException(
        "the words of '" + type.id() + "' make too few different titles");
  }

  private Design draw(ProductType type) {
    Brand brand = dice.pick(type.department().brands());
    int style = dice.chance(0.65) ? brand.style() : dice.below(words.styles().size());
    return new Design(
        type,
        brand,
        dice.pick(type.words().nouns()),
        dice.pick(type.words().features()),
        dice.pick(type.words().specs()),
        words.styles().get(style),
        style,
        dice.pick(palette(type, style)),
        dice.pick(words.styles().get(style).patterns()));
  }

  private List<Colour> palette(ProductType type, int style) {
    List<Colour> hues =
        words.colours().stream()
            .filter(colour -> type.hues().isEmpty() || type.hues().contains(colour.name().en()))
            .toList();
    List<Colour> fitting = hues.stream().filter(colour -> colour.styles().contains(style)).toList();
    return fitting.isEmpty() ? hues : fitting;
  }

  private Product product(Design design, int rank, int ranks) {
    ProductType type = design.type();
    double level = 0.62 * design.brand().tier() + 0.38 * dice.next();
    if (type.price().graded()) {
      List<Phrase> specs = type.words().specs();
      level += 0.25 * (specs.indexOf(design.spec()) / (specs.size() - 1.0) - 0.5);
    }
    level = Math.clamp(level, 0.0, 1.0);
    double raw =
        type.price().low() * StrictMath.pow(type.price().high() / type.price().low(), level);
    double zipf = 0.7 * (StrictMath.log(ranks) / 2 - StrictMath.log(rank));
    return new Product(
        0, design, level, shelfPrice(raw), 0.5 * dice.normal(), zipf, publishTime(), stock());
  }

  /// 19.9 below 100, 249 below 1,000, 2,499 above: the way shelves are labelled.
  private static double shelfPrice(double raw) {
    if (raw < 100) {
      return StrictMath.max(1, StrictMath.floor(raw)) + 0.9;
    }
    return raw < 1000
        ? StrictMath.floor(raw / 10) * 10 + 9
        : StrictMath.floor(raw / 100) * 100 + 99;
  }

  private Instant publishTime() {
    double days = dice.chance(BRAND_NEW) ? dice.between(0.1, 3) : dice.between(0.1, 365);
    return now.minus(Duration.ofSeconds((long) (days * 86_400)));
  }

  private int stock() {
    if (dice.chance(SOLD_OUT)) {
      return 0;
    }
    return 1 + (int) StrictMath.exp(StrictMath.abs(3.4 + 0.9 * dice.normal()));
  }
}
