package io.zhiyin.engine.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What all shopper events share. At least one of user and visitor is known.
///
/// @param eventTime cut to the millisecond
/// @param user who it was, once signed in; null before
/// @param visitor the device or browser; may be null when the user is known
/// @param session the visit, where the shop cuts visits itself
/// @param scenario the placement on the page where it happened, such as `home-feed`
/// @param recommendation the answer that led to it, for attribution
/// @param attributes free text facts of the shop, at most 32
public record Header(
    EventId eventId,
    Instant eventTime,
    @Nullable UserId user,
    @Nullable VisitorId visitor,
    @Nullable SessionId session,
    @Nullable String scenario,
    @Nullable RecommendationId recommendation,
    Map<String, String> attributes) {
  /// @throws InvalidFieldException when neither user nor visitor is given, or too many attributes
  public Header {
    if (user == null && visitor == null) {
      throw new InvalidFieldException("userId", null, "or visitorId is required");
    }
    if (attributes.size() > 32) {
      throw new InvalidFieldException(
          "attributes", attributes.size(), "may have at most 32 entries");
    }
    eventTime = eventTime.truncatedTo(ChronoUnit.MILLIS);
    attributes = Map.copyOf(attributes);
  }

  /// A header with only what is required; the rest is unknown.
  public static Header of(EventId eventId, Instant eventTime, UserId user) {
    return new Header(eventId, eventTime, user, null, null, null, null, Map.of());
  }

  public Optional<UserId> userId() {
    return Optional.ofNullable(user);
  }

  public Optional<VisitorId> visitorId() {
    return Optional.ofNullable(visitor);
  }

  public Optional<SessionId> sessionId() {
    return Optional.ofNullable(session);
  }
}
