package io.zhiyin.engine.intake;

import java.time.Duration;
import java.time.Instant;

/// Times for data that has an order but no times: one day from step to step, from a fixed day on,
/// so that the same file always gives the same times.
final class SyntheticTimes {
  static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

  private SyntheticTimes() {}

  /// @param step counted from 0
  static Instant at(int step) {
    return START.plus(Duration.ofDays(step));
  }
}
