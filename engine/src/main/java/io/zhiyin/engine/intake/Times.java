package io.zhiyin.engine.intake;

import io.zhiyin.engine.event.InvalidFieldException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Year;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Moments as senders write them, and which of them can be true.
public final class Times {
  /// How far ahead of ours a sender's clock may be.
  public static final Duration ALLOWED_SKEW = Duration.ofDays(1);

  static final String EXPECTED =
      "must be a time such as 2026-11-24T08:00:00Z, or seconds (10 digits) or milliseconds (13"
          + " digits) since 1970";

  private static final Pattern NUMBER = Pattern.compile("\\d{9,13}(\\.\\d{1,9})?");

  /// Digits where there is a 0.
  private static final String USUAL = "0000-00-00T00:00:00";

  private static final int SECOND_END = USUAL.length();

  private Times() {}

  /// Whether the text is the digits of an epoch time.
  static boolean isEpoch(String text) {
    return NUMBER.matcher(text).matches();
  }

  /// RFC 3339 with its offset, or the digits of an epoch time.
  static Instant parse(String field, String text) {
    Instant usual = usual(text);
    if (usual != null) {
      return usual;
    }
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

  /// A time as most senders write it, 2026-11-24T08:00:00Z with up to nine more digits of the
  /// second: a formatter takes a third of reading an event. Null for anything else, right or wrong.
  private static @Nullable Instant usual(String text) {
    int end = text.length() - 1;
    if (end < SECOND_END || end > SECOND_END + 10 || text.charAt(end) != 'Z') {
      return null;
    }
    for (int i = 0; i < SECOND_END; i++) {
      char expected = USUAL.charAt(i);
      if (expected == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != expected) {
        return null;
      }
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, SECOND_END);
    if (month < 1
        || month > 12
        || day < 1
        || day > Month.of(month).length(Year.isLeap(year))
        || hour > 23
        || minute > 59
        || second > 59) {
      return null;
    }
    int nanos = nanos(text, end);
    if (nanos < 0) {
      return null;
    }
    long hours = LocalDate.of(year, month, day).toEpochDay() * 24 + hour;
    return Instant.ofEpochSecond((hours * 60 + minute) * 60 + second, nanos);
  }

  /// What comes between the second and the end; less than 0 when it is no fraction.
  private static int nanos(String text, int end) {
    if (end == SECOND_END) {
      return 0;
    }
    if (text.charAt(SECOND_END) != '.' || end == SECOND_END + 1) {
      return -1;
    }
    int nanos = 0;
    for (int i = SECOND_END + 1; i < SECOND_END + 10; i++) {
      char digit = i < end ? text.charAt(i) : '0';
      if (!isDigit(digit)) {
        return -1;
      }
      nanos = 10 * nanos + (digit - '0');
    }
    return nanos;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int number(String digits, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = 10 * number + (digits.charAt(i) - '0');
    }
    return number;
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
