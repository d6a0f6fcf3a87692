package io.zhiyin.engine.recall;

import java.time.Duration;

/// How evidence fades with distance: by steps in the sequence, and by time down to a floor.
///
/// Where times are missing or made up (all equal), the steps alone carry it; where they are real, a
/// pause of days counts as more than the next click.
///
/// @param perStep exponent of the fall by steps: weight `steps^-perStep`
/// @param halfLife after which the time's part has halved
/// @param floor what is left of the time's part after any time, 0 to 1
public record Decay(double perStep, Duration halfLife, double floor) {
  private static final double LN_2 = Math.log(2);

  /// Near and far count alike.
  public static final Decay NONE = new Decay(0, Duration.ofDays(1), 1);

  /// @param steps 1 for the nearest
  /// @param millis time between, 0 or more
  double weight(int steps, long millis) {
    return overSteps(steps) * overTime(millis);
  }

  double overSteps(int steps) {
    return Math.pow(steps, -perStep);
  }

  double overTime(long millis) {
    double halfLives = Math.max(0, millis) / (double) halfLife.toMillis();
    return floor + (1 - floor) * Math.exp(-LN_2 * halfLives);
  }
}
