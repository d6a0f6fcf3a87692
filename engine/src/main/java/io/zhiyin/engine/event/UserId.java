package io.zhiyin.engine.event;

import org.jspecify.annotations.Nullable;

/// Names a shopper who is signed in.
///
/// @param value 1 to 256 characters, no control characters
public record UserId(String value) implements Comparable<UserId> {
  /// @throws InvalidFieldException when the text is empty, too long or has control characters
  public UserId {
    Ids.check("userId", value);
  }

  @Override
  public int compareTo(UserId other) {
    return value.compareTo(other.value);
  }

  // without a record's method handles, as [ItemId] says

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UserId id && value.equals(id.value);
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
