package io.zhiyin.engine.intake;

import io.zhiyin.engine.event.InvalidFieldException;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the times of a table: RFC 3339, epoch digits, and clock times of a known time zone.
///
/// Without a pattern only ways of writing that cannot be misread are taken: year, month, day in
/// this order, parted by `-`, `/`, `.` or `年月日`.
public final class LocalTimes {
  private static final List<DateTimeFormatter> CLEAR =
      Stream.of(
              "yyyy-M-d[ H:mm[:ss]]",
              "yyyy-M-d['T'H:mm[:ss]]",
              "yyyy/M/d[ H:mm[:ss]]",
              "yyyy.M.d[ H:mm[:ss]]",
              "yyyy年M月d日[ H:mm[:ss]]",
              "yyyyMMdd[ HHmmss]")
          .map(LocalTimes::formatter)
          .toList();

  private final Optional<ZoneId> zone;
  private final Optional<DateTimeFormatter> own;

  private LocalTimes(Optional<ZoneId> zone, Optional<DateTimeFormatter> own) {
    this.zone = zone;
    this.own = own;
  }

  /// Times that say their zone themselves; clock times are refused.
  public static LocalTimes absolute() {
    return new LocalTimes(Optional.empty(), Optional.empty());
  }

  /// Clock times are those of the zone.
  public static LocalTimes in(ZoneId zone) {
    return new LocalTimes(Optional.of(zone), Optional.empty());
  }

  /// These times, with one more way of writing, tried first.
  ///
  /// @param pattern as in [DateTimeFormatter], for example `M/d/yyyy H:mm`
  public LocalTimes with(String pattern) {
    try {
      return new LocalTimes(zone, Optional.of(formatter(pattern)));
    } catch (IllegalArgumentException e) {
      throw new InvalidFieldException(
          "time-format", pattern, "must be a pattern such as 'M/d/yyyy H:mm'");
    }
  }

  private static DateTimeFormatter formatter(String pattern) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
    builder.appendPattern(pattern.replace('y', 'u'));
    if (pattern.contains(":ss")) {
      builder.optionalStart().appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true).optionalEnd();
    }
    return builder.toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
  }

  Instant parse(String field, String text) {
    String trimmed = text.strip();
    if (own.isPresent() && fits(own.get(), trimmed)) {
      return at(field, trimmed, own.get());
    }
    if (!Times.isEpoch(trimmed)) {
      for (DateTimeFormatter format : CLEAR) {
        if (fits(format, trimmed)) {
          return at(field, trimmed, format);
        }
      }
    }
    return Times.parse(field, trimmed);
  }

  /// Tells without the cost of an exception, which most rows of a file would pay several times.
  private static boolean fits(DateTimeFormatter format, String text) {
    ParsePosition end = new ParsePosition(0);
    return format.parseUnresolved(text, end) != null && end.getIndex() == text.length();
  }

  private Instant at(String field, String text, DateTimeFormatter format) {
    try {
      TemporalAccessor read =
          format.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      if (read instanceof OffsetDateTime absolute) {
        return absolute.toInstant();
      }
      if (zone.isEmpty()) {
        throw new InvalidFieldException(
            field, text, "is a clock time; say where with --zone, such as --zone Asia/Shanghai");
      }
      LocalDateTime time =
          read instanceof LocalDateTime full ? full : LocalDate.from(read).atStartOfDay();
      return time.atZone(zone.get()).toInstant();
    } catch (DateTimeException e) {
      throw new InvalidFieldException(field, text, "is no day or time that exists");
    }
  }
}
