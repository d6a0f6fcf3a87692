package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.EventKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// How busy a shopper is, and how long ago the last sign was.
///
/// @param events all that the shopper ever did, impressions left out
/// @param purchases baskets bought
/// @param lastSeen time of the newest event; 1970 when there is none
public record Activity(
    long events, long purchases, Instant lastSeen, Level level, Recency recency) {
  /// By the number of events.
  public enum Level {
    NEW,
    OCCASIONAL,
    REGULAR,
    HEAVY
  }

  /// By the time since the newest event.
  public enum Recency {
    NEVER,
    TODAY,
    THIS_WEEK,
    THIS_MONTH,
    LONG_AGO
  }

  public static Activity of(Profile profile, Instant now) {
    long[] counts = profile.eventCounts();
    long events = Arrays.stream(counts).sum() - counts[EventKind.IMPRESSION.code()];
    Instant lastSeen = Instant.ofEpochMilli(profile.lastSeenMillis());
    return new Activity(
        events,
        counts[EventKind.PURCHASE_COMPLETE.code()],
        lastSeen,
        level(events),
        recency(profile, Duration.between(lastSeen, now)));
  }

  private static Level level(long events) {
    if (events < 5) {
      return Level.NEW;
    }
    if (events < 20) {
      return Level.OCCASIONAL;
    }
    return events < 100 ? Level.REGULAR : Level.HEAVY;
  }

  private static Recency recency(Profile profile, Duration since) {
    if (profile.lastSeenMillis() == 0) {
      return Recency.NEVER;
    }
    if (since.toHours() < 24) {
      return Recency.TODAY;
    }
    if (since.toDays() < 7) {
      return Recency.THIS_WEEK;
    }
    return since.toDays() < 30 ? Recency.THIS_MONTH : Recency.LONG_AGO;
  }
}
