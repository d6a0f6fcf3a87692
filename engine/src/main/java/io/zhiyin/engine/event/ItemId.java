package io.zhiyin.engine.event;

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

  @Override
  public String toString() {
    return value;
  }
}
