package io.zhiyin.engine.event;

/// Names one event; the same name a second time is the same event.
///
/// @param value 1 to 256 characters, no control characters
public record EventId(String value) implements Comparable<EventId> {
  /// @throws InvalidFieldException when the text is empty, too long or has control characters
  public EventId {
    Ids.check("eventId", value);
  }

  @Override
  public int compareTo(EventId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
