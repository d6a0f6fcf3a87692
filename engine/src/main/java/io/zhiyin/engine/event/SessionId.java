package io.zhiyin.engine.event;

/// Names one visit, as the shop cuts it.
///
/// @param value 1 to 256 characters, no control characters
public record SessionId(String value) implements Comparable<SessionId> {
  /// @throws InvalidFieldException when the text is empty, too long or has control characters
  public SessionId {
    Ids.check("sessionId", value);
  }

  @Override
  public int compareTo(SessionId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
