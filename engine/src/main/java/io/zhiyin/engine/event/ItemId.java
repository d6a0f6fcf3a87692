package io.zhiyin.engine.event;

import org.jspecify.annotations.Nullable;

/// Names one item of a shop's catalogue.
///
/// @param value 1 to 256 characters, no control characters
public record ItemId(String value) implements Comparable<ItemId> {
  /// @throws InvalidFieldException when the text is empty, too long or has control characters
  public ItemId {
    Ids.check("itemId", value);
  }

  @Override
  public int compareTo(ItemId other) {
    return value.compareTo(other.value);
  }

  // as a record does it, but that goes through method handles: a microsecond until C2 has compiled
  // it, for each id that is read at a start

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ItemId id && value.equals(id.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
