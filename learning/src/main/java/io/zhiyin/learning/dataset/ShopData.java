package io.zhiyin.learning.dataset;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.Profiles;
import java.time.Instant;
import java.util.List;

/// What there is to learn from: the catalogue and every shopper's history, as of one moment.
///
/// @param name what the data is called in reports
/// @param histories one per shopper, in an order that a replay reproduces
public record ShopData(String name, Catalog catalog, List<History> histories) {
  public ShopData {
    histories = List.copyOf(histories);
  }

  /// Everything that the shop has.
  public static ShopData of(String name, Catalog catalog, Profiles profiles) {
    return new ShopData(
        name,
        catalog,
        profiles
            .shoppers()
            .map(shopper -> profiles.of(shopper).history())
            .filter(history -> history.size() > 0)
            .toList());
  }

  /// The same shop with other histories.
  public ShopData with(List<History> others) {
    return new ShopData(name, catalog, others);
  }

  /// How many entries all histories have together.
  public long events() {
    return histories.stream().mapToLong(History::size).sum();
  }

  /// The time of the oldest entry; 1970 when there is none.
  public Instant first() {
    return Instant.ofEpochMilli(
        histories.stream()
            .filter(history -> history.size() > 0)
            .mapToLong(history -> history.timeMillis(0))
            .min()
            .orElse(0));
  }

  /// The time of the newest entry; 1970 when there is none.
  public Instant last() {
    return Instant.ofEpochMilli(
        histories.stream()
            .filter(history -> history.size() > 0)
            .mapToLong(history -> history.timeMillis(history.size() - 1))
            .max()
            .orElse(0));
  }
}
