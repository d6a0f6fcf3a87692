package io.zhiyin.engine.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhiyin.engine.event.InvalidFieldException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A time in an event")
class TimesTest {
  private static final int TEXTS = 200_000;
  private static final String CHARACTERS = "0123456789.:-+TtZz 9";

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T08:00:00Z, 2026-11-24T08:00:00Z",
    "2026-11-24T08:00:00.5Z, 2026-11-24T08:00:00.500Z",
    "2026-11-24T08:00:00.000000001Z, 2026-11-24T08:00:00.000000001Z",
    "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z",
    "2026-11-24T16:00:00+08:00, 2026-11-24T08:00:00Z",
    "2026-11-24t08:00:00z, 2026-11-24T08:00:00Z",
    "' 2026-11-24T08:00:00Z ', 2026-11-24T08:00:00Z",
    "1795507200, 2026-11-24T08:00:00Z",
    "1795507200123, 2026-11-24T08:00:00.123Z",
  })
  @DisplayName("is read as RFC 3339, or as seconds or milliseconds since 1970")
  void isRead(String text, Instant time) {
    assertEquals(time, Times.parse("eventTime", text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "yesterday",
        "2026-11-24",
        "2026-11-24T08:00:00",
        "2025-02-29T08:00:00Z",
        "2026-13-01T08:00:00Z",
        "2026-00-01T08:00:00Z",
        "2026-01-00T08:00:00Z",
        "2026-04-31T08:00:00Z",
        "2026-11-24T24:00:01Z",
        "2026-11-24T08:60:00Z",
        "2026-11-24T08:00:60Z",
        "2026-11-24T08:00:00.0000000001Z",
        "2026-11-24T08:00:00,5Z",
        "2026-11-24T08:00:00.5ZZ",
        "\u0662026-11-24T08:00:00Z",
        "12345678",
        "12345678901234",
      })
  @DisplayName("that cannot be one is refused")
  void isRefused(String text) {
    assertThrows(InvalidFieldException.class, () -> Times.parse("eventTime", text));
  }

  @Test
  @DisplayName("is what the library makes of it, whatever is written")
  void asTheLibrary() {
    SplittableRandom random = new SplittableRandom(5);
    int read = 0;
    for (int i = 0; i < TEXTS; i++) {
      String text = text(random);
      Optional<Instant> expected = byTheLibrary(text);
      assertEquals(expected, byUs(text), text);
      read += expected.isPresent() ? 1 : 0;
    }
    assertEquals(0.5, (double) read / TEXTS, 0.35, "of either kind enough");
  }

  /// A time of any year with four digits, changed at up to two places.
  private static String text(SplittableRandom random) {
    Instant time =
        Instant.ofEpochSecond(
            random.nextLong(-62_167_219_200L, 253_402_300_800L),
            random.nextBoolean() ? 0 : random.nextInt(1_000_000_000));
    StringBuilder text = new StringBuilder(time.toString());
    for (int changes = random.nextInt(3); changes > 0; changes--) {
      text.setCharAt(
          random.nextInt(text.length()), CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    return text.toString();
  }

  private static Optional<Instant> byTheLibrary(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text.strip()).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> byUs(String text) {
    try {
      return Optional.of(Times.parse("eventTime", text));
    } catch (InvalidFieldException _) {
      return Optional.empty();
    }
  }
}
