package io.zhiyin.engine.intake;

import io.zhiyin.engine.event.InvalidFieldException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/// Moments as senders write them, and which of them can be true.
public final class Times {
  /// How far ahead of ours a sender's clock may be.
  public static final Duration ALLOWED_SKEW = Duration.ofDays(1);

  static final String EXPECTED =
      "must be a time such as 2026-11-24T08:00:00Z, or seconds (10 digits) or milliseconds (13"
          + " digits) since 1970";

  private static final Pattern NUMBER = Pattern.compile("\\d{9,13}(\\.\\d{1,9})?");

  private Times() {}

  /// Whether the text is the digits of an epoch time.
  static boolean isEpoch(String text) {
    return NUMBER.matcher(text).matches();
  }

  /// RFC 3339 with its offset, or the digits of an epoch time.
  static Instant parse(String field, String text) {
    String trimmed = text.strip();
    if (isEpoch(trimmed)) {
      return ofEpoch(field, Double.parseDouble(trimmed));
    }
    try {
      return OffsetDateTime.parse(trimmed).toInstant();
    } catch (DateTimeException e) {
      throw new InvalidFieldException(field, text, EXPECTED);
    }
  }

  /// Seconds when the whole part has 9 or 10 digits, milliseconds when it has 12 or 13.
  static Instant ofEpoch(String field, double value) {
    if (value >= 1e8 && value < 1e10) {
      return Instant.ofEpochMilli(Math.round(value * 1e3));
    }
    if (value >= 1e11 && value < 1e13) {
      return Instant.ofEpochMilli(Math.round(value));
    }
    throw new InvalidFieldException(field, plain(value), EXPECTED);
  }

  /// @throws InvalidFieldException when the event would have happened before 1970, or more than a
  ///   day after `now`
  public static Instant possible(String field, Instant time, Instant now) {
    if (time.isBefore(Instant.EPOCH)) {
      throw new InvalidFieldException(field, time, "must not be before 1970");
    }
    if (time.isAfter(now.plus(ALLOWED_SKEW))) {
      throw new InvalidFieldException(field, time, "must not be more than a day in the future");
    }
    return time;
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e18
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
