package io.zhiyin.engine.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One item in an event.
///
/// @param quantity at least 1
/// @param price per piece, in the shop's currency, as paid or shown; null when unknown
/// @param position in the shown list, counted from 1; null when unknown
public record ItemLine(
    ItemId itemId, int quantity, @Nullable Double price, @Nullable Integer position) {
  /// The most lines that one event may carry.
  public static final int MAX_LINES = 500;

  /// @throws InvalidFieldException when a number is out of its range
  public ItemLine {
    if (quantity < 1 || quantity > 1_000_000) {
      throw new InvalidFieldException("quantity", quantity, "must be between 1 and 1000000");
    }
    if (price != null && !(price >= 0 && price <= 1e12)) {
      throw new InvalidFieldException("price", price, "must be a number between 0 and 1e12");
    }
    if (position != null && position < 1) {
      throw new InvalidFieldException("position", position, "counts from 1");
    }
  }

  public static ItemLine of(String itemId) {
    return new ItemLine(new ItemId(itemId), 1, null, null);
  }

  static List<ItemLine> required(List<ItemLine> items) {
    if (items.isEmpty()) {
      throw new InvalidFieldException("items", "[]", "must name at least one item");
    }
    if (items.size() > MAX_LINES) {
      throw new InvalidFieldException(
          "items", items.size(), "may have at most " + MAX_LINES + " lines");
    }
    return List.copyOf(items);
  }
}
