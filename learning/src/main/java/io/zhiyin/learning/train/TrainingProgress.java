package io.zhiyin.learning.train;

import java.time.Duration;

/// How far a training is.
///
/// @param stage what is being fitted, such as `sequence`
/// @param epoch passes over the data done, counted from 1 once the first is complete
/// @param epochs passes that are planned at most
/// @param loss mean loss of the last pass, NaN before the first
/// @param metric validation NDCG@10 after the last pass, NaN where not measured
/// @param best the largest metric so far, NaN where not measured
/// @param sequencesPerSecond how fast it learns
/// @param elapsed since the training began
/// @param left until it ends at the latest, as far as can be told
public record TrainingProgress(
    String stage,
    int epoch,
    int epochs,
    double loss,
    double metric,
    double best,
    double sequencesPerSecond,
    Duration elapsed,
    Duration left) {

  /// Hears of progress, a few times a minute or more.
  @FunctionalInterface
  public interface Listener {
    Listener NONE = progress -> {};

    void heard(TrainingProgress progress);

    /// Hears of each step of a pass, both counted from 1.
    default void stepped(int epoch, int step) {}

    /// Hears what a person should know, in English and Chinese.
    default void told(String english, String chinese) {}
  }
}
