package io.zhiyin.lab.simulate;

import java.util.List;
import java.util.Optional;

/// A kind of product, such as headphones: its words, its prices and what is bought around it.
///
/// @param follows types that complement it, by id: a case after a phone
/// @param replenishDays days until it is used up; 0 for what lasts
/// @param hues the only colours it comes in, by English name; empty for all
/// @param wants how often people want it at all, and in which season
record ProductType(
    int index,
    String id,
    Department department,
    Phrase name,
    Words words,
    Price price,
    List<String> follows,
    List<String> hues,
    int replenishDays,
    Demand wants) {

  boolean consumable() {
    return replenishDays > 0;
  }

  /// `Electronics > Headphones`
  Phrase path() {
    Phrase top = department.name();
    return new Phrase(top.en() + " > " + name.en(), top.zh() + " > " + name.zh());
  }

  /// The line of trade that a type belongs to, with the makers of that trade.
  record Department(int index, String id, Phrase name, List<Brand> brands, Optional<Phrase> line) {}

  /// What a title is put together from. The templates name `{brand}`, `{noun}`, `{feature}`,
  /// `{spec}` and `{colour}`.
  record Words(Phrase template, List<Noun> nouns, List<Phrase> features, List<Phrase> specs) {}

  /// A noun and the picture that shows it.
  record Noun(Phrase name, String shape) {}

  /// @param graded whether later specifications are dearer
  record Price(double low, double high, boolean graded) {}

  /// @param peakMonth month of the highest demand, 0 for none
  /// @param swing how much the season matters, 0 to 1
  record Demand(double weight, int peakMonth, double swing) {}
}
