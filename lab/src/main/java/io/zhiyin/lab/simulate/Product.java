package io.zhiyin.lab.simulate;

import io.zhiyin.lab.simulate.ProductType.Noun;
import io.zhiyin.lab.simulate.ShopWords.Colour;
import io.zhiyin.lab.simulate.ShopWords.Style;
import java.time.Instant;

/// Something that the shop sells, with what only the simulation knows of it: `level`, `quality` and
/// `appeal`.
///
/// @param level where its price stands within its type, 0 cheapest to 1 dearest
/// @param quality how content its buyers are, about -1 to 1
/// @param appeal how popular it is whoever looks, higher for the few bestsellers
record Product(
    int index,
    Design design,
    double level,
    double price,
    double quality,
    double appeal,
    Instant publishTime,
    int stock) {

  String itemId() {
    return "p" + (1001 + index);
  }

  ProductType type() {
    return design.type();
  }

  boolean publishedAt(Instant time) {
    return !publishTime.isAfter(time);
  }

  Product numbered(int newIndex) {
    return new Product(newIndex, design, level, price, quality, appeal, publishTime, stock);
  }

  /// What it is and what it looks like.
  record Design(
      ProductType type,
      Brand brand,
      Noun noun,
      Phrase feature,
      Phrase spec,
      Style style,
      int styleIndex,
      Colour colour,
      String pattern) {

    Phrase title() {
      Phrase template = type.words().template();
      return new Phrase(
          fill(template.en(), ShopLanguage.ENGLISH), fill(template.zh(), ShopLanguage.CHINESE));
    }

    Phrase description() {
      Phrase line = type.department().line().orElse(style.line());
      Phrase title = title();
      return new Phrase(title.en() + ". " + line.en(), title.zh() + "。" + line.zh());
    }

    private String fill(String template, ShopLanguage language) {
      return template
          .replace("{brand}", brand.name().in(language))
          .replace("{noun}", noun.name().in(language))
          .replace("{feature}", feature.in(language))
          .replace("{spec}", spec.in(language))
          .replace("{colour}", colour.name().in(language));
    }
  }
}
