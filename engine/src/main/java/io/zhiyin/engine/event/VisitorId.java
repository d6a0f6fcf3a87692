package io.zhiyin.engine.event;

/// Names a browser or device before sign-in.
///
/// @param value 1 to 256 characters, no control characters
public record VisitorId(String value) implements Comparable<VisitorId> {
  /// @throws InvalidFieldException when the text is empty, too long or has control characters
  public VisitorId {
    Ids.check("visitorId", value);
  }

  @Override
  public int compareTo(VisitorId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
