package io.zhiyin.cluster.state;

/// Told now and then how far the replay of a journal is.
@FunctionalInterface
public interface ReplayProgress {
  ReplayProgress SILENT = (_, _, _) -> {};

  /// @param done events folded so far
  /// @param total events in the journal
  /// @param eventsPerSecond since the start of the replay
  void at(long done, long total, double eventsPerSecond);
}
