package io.zhiyin.learning.trial;

import java.util.List;

/// How a trial was run: all that a reader needs to run it again.
///
/// @param protocol `leave-one-out` or `time-split`
/// @param fit `train-only` or `refit`
/// @param users test cases, one per shopper
/// @param items ranked for each
/// @param fitEvents how many events were fitted
/// @param maxLength events that the sequence model reads at most
/// @param trainSeconds wall-clock time of all fitting
/// @param cutoffs the k of recall@k and ndcg@k, rising
public record TrialSetup(
    String dataset,
    String protocol,
    String fit,
    int users,
    int items,
    long fitEvents,
    int maxLength,
    long seed,
    double trainSeconds,
    List<Integer> cutoffs) {
  public TrialSetup {
    cutoffs = List.copyOf(cutoffs);
  }

  /// The cut-off that tables lead with: 10 where it was asked for, else the largest.
  public int headline() {
    return cutoffs.contains(10) ? 10 : cutoffs.getLast();
  }
}
