package io.zhiyin.server.config;

import io.zhiyin.engine.recommend.Recommender;
import java.time.Duration;

/// How much is worked on at one time, and how long a list may take.
///
/// @param budget how long making a list may take; stages that are late are left out of it
/// @param lists how many lists are made at one time
/// @param writes how many calls that write are worked on at one time; they wait for the disk
///   together, so many at once are no burden
/// @param standing how long a call may have to wait for its turn while there is always a queue
/// @param burst how long it may have to wait otherwise
public record Capacity(Duration budget, int lists, int writes, Duration standing, Duration burst) {
  /// A list for each processor; waits as in the paper that [io.zhiyin.server.http] cites.
  public static final Capacity DEFAULT =
      new Capacity(
          Recommender.DEFAULT_BUDGET,
          Runtime.getRuntime().availableProcessors(),
          512,
          Duration.ofMillis(2),
          Duration.ofMillis(100));

  /// @throws SettingsException when nothing could be worked on
  public Capacity {
    if (lists < 1 || writes < 1 || !budget.isPositive()) {
      throw new SettingsException(
          "At least one call must be worked on at a time, within at least a millisecond.");
    }
  }

  public Capacity withBudget(Duration other) {
    return new Capacity(other, lists, writes, standing, burst);
  }

  public Capacity withLists(int atOnce) {
    return new Capacity(budget, atOnce, writes, standing, burst);
  }
}
