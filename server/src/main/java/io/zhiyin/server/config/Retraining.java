package io.zhiyin.server.config;

import java.time.Duration;

/// When a server trains by itself, going on from the model in use. Off unless it is asked for,
/// since a training takes a core.
///
/// @param every after so much time, if anything came; zero for never
/// @param after so many new events; 0 for never
public record Retraining(Duration every, long after) {
  public static final Retraining OFF = new Retraining(Duration.ZERO, 0);

  public Retraining {
    if (every.isNegative() || after < 0) {
      throw new IllegalArgumentException("neither time nor events can be below zero");
    }
  }

  public boolean isOff() {
    return every.isZero() && after == 0;
  }

  /// Whether it is time.
  ///
  /// @param since the last training
  /// @param events that came since
  public boolean isDue(Duration since, long events) {
    return (after > 0 && events >= after)
        || (!every.isZero() && events > 0 && since.compareTo(every) >= 0);
  }
}
