package io.zhiyin.engine.event;

import java.time.Instant;

/// A user asked to be forgotten: everything known of the user up to this place of the journal goes.
public record UserErased(EventId eventId, Instant eventTime, UserId userId) implements Event {
  @Override
  public EventKind kind() {
    return EventKind.USER_ERASE;
  }
}
