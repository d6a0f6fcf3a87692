package io.zhiyin.engine.recall;

import java.time.Duration;

/// What [TransitionIndex] counts and how.
///
/// @param window how many steps back a transition reaches
/// @param distance how a transition fades with the steps and the time between its two items
/// @param age how a transition fades with the time since it happened
/// @param backward weight of a transition read from its end to its start, 0 to 1
/// @param fromDamping exponent by which the popularity of the first item is divided out
/// @param toDamping exponent by which the popularity of the second item is divided out
/// @param perItem how many neighbours of each item are kept
/// @param lastItems how many items of a shopper speak
/// @param recency how an item's voice fades with the steps and time since the newest
/// @param power the exponent that bends summed evidence, 0 to 1: the tenth transition says less
///   than the first
public record TransitionSettings(
    int window,
    Decay distance,
    Decay age,
    double backward,
    double fromDamping,
    double toDamping,
    int perItem,
    int lastItems,
    Decay recency,
    double power) {
  /// Chosen on the validation items of two public data sets together.
  public static final TransitionSettings DEFAULT =
      new TransitionSettings(
          10,
          new Decay(0.3, Duration.ofDays(7), 0.4),
          new Decay(0, Duration.ofDays(90), 0.05),
          0.3,
          0.3,
          0.1,
          300,
          20,
          new Decay(0.7, Duration.ofDays(7), 0.4),
          0.3);
}
