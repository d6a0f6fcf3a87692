package io.zhiyin.engine.catalog;

import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One item as the catalogue has it now. Immutable; equal only to itself.
///
/// What every request asks of hundreds of items, whether they may be shown, how old they are, their
/// price, brand and category, lies in the item itself: reading it from the fields would follow
/// pointers all over memory.
public final class Item {
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private final int index;
  private final boolean offered;
  private final ItemId itemId;
  private final ItemFields fields;
  private final int[] categoryPath;
  private final Instant firstSeen;
  private final @Nullable Instant publishTime;
  private final @Nullable Instant expireTime;
  private final long publishedMillis;
  private final double price;
  private final String brand;
  private final int category;

  /// @param index the item's index in the [Vocabulary]
  /// @param fields what the shop said of it
  /// @param categoryPath nodes of the first category in the [CategoryTree], root first; empty when
  ///   the item has none
  /// @param firstSeen event time of the first time it was put
  Item(int index, ItemId itemId, ItemFields fields, int[] categoryPath, Instant firstSeen) {
    this.index = index;
    this.itemId = itemId;
    this.fields = fields;
    this.categoryPath = categoryPath;
    this.firstSeen = firstSeen;
    Boolean available = fields.available();
    Integer stock = fields.stock();
    offered = (available == null || available) && (stock == null || stock > 0);
    publishTime = fields.publishTime();
    expireTime = fields.expireTime();
    publishedMillis = countable(publishedAt()).toEpochMilli();
    price = fields.price() == null ? Double.NaN : fields.price();
    brand = fields.brand() == null ? "" : fields.brand();
    category = categoryPath.length == 0 ? -1 : categoryPath[categoryPath.length - 1];
  }

  /// A shop may write 'never' as a year that milliseconds cannot count: such a time need only lie
  /// before or after all others.
  private static Instant countable(Instant time) {
    return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
  }

  /// Its index in the [Vocabulary].
  public int index() {
    return index;
  }

  public ItemId itemId() {
    return itemId;
  }

  /// What the shop said of it.
  public ItemFields fields() {
    return fields;
  }

  /// The nodes of the first category in the [CategoryTree], root first; empty when it has none. Not
  /// to be changed.
  public int[] categoryPath() {
    return categoryPath;
  }

  /// When it was put for the first time.
  public Instant firstSeen() {
    return firstSeen;
  }

  /// The deepest node of the first category, or -1.
  public int category() {
    return category;
  }

  /// The price, or NaN when unknown.
  public double price() {
    return price;
  }

  /// The brand, or an empty string when unknown.
  public String brand() {
    return brand;
  }

  /// The title, or the id where there is none.
  public String title() {
    String title = fields.title();
    return title == null || title.isBlank() ? itemId.value() : title;
  }

  /// When the item became new to shoppers: its publish time, else the first time it was put.
  public Instant publishedAt() {
    return publishTime == null ? firstSeen : publishTime;
  }

  /// The same in milliseconds since 1970, within the years 0 to 9999.
  public long publishedMillis() {
    return publishedMillis;
  }

  /// Whether it is neither hidden nor out of stock.
  boolean isOffered() {
    return offered;
  }

  /// Whether it may be shown at some times and not at others.
  boolean dependsOnTime() {
    return offered && (publishTime != null || expireTime != null);
  }

  /// Whether it may be shown at that time: not hidden, in stock (or stock not kept), published and
  /// not expired.
  public boolean isShowableAt(Instant now) {
    return offered
        && (publishTime == null || !publishTime.isAfter(now))
        && (expireTime == null || expireTime.isAfter(now));
  }
}
