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

  // as a record does it, but without its method handles, which a start that reads a million ids
  // would run before C2 has compiled them

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
