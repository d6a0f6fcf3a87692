package io.zhiyin.engine.catalog;

import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import java.time.Instant;

/// One item as the catalogue has it now.
///
/// @param index the item's index in the [Vocabulary]
/// @param fields what the shop said of it
/// @param categoryPath nodes of the first category in the [CategoryTree], root first; empty when
///   the item has none
/// @param firstSeen event time of the first time it was put
public record Item(
    int index, ItemId itemId, ItemFields fields, int[] categoryPath, Instant firstSeen) {

  /// The deepest node of the first category, or -1.
  public int category() {
    return categoryPath.length == 0 ? -1 : categoryPath[categoryPath.length - 1];
  }

  /// The price, or NaN when unknown.
  public double price() {
    Double price = fields.price();
    return price == null ? Double.NaN : price;
  }

  /// The brand, or an empty string when unknown.
  public String brand() {
    String brand = fields.brand();
    return brand == null ? "" : brand;
  }

  /// The title, or the id where there is none.
  public String title() {
    String title = fields.title();
    return title == null || title.isBlank() ? itemId.value() : title;
  }

  /// When the item became new to shoppers: its publish time, else the first time it was put.
  public Instant publishedAt() {
    Instant publishTime = fields.publishTime();
    return publishTime == null ? firstSeen : publishTime;
  }

  /// Whether it may be shown at that time: not hidden, in stock (or stock not kept), published and
  /// not expired.
  public boolean isShowableAt(Instant now) {
    Boolean available = fields.available();
    Integer stock = fields.stock();
    Instant publishTime = fields.publishTime();
    Instant expireTime = fields.expireTime();
    return (available == null || available)
        && (stock == null || stock > 0)
        && (publishTime == null || !publishTime.isAfter(now))
        && (expireTime == null || expireTime.isAfter(now));
  }
}
