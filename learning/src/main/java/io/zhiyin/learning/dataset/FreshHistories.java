package io.zhiyin.learning.dataset;

import io.zhiyin.engine.profile.History;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// What a model that knows everything up to a moment goes on with: the windows that hold something
/// newer, each with as much before it as gives it a context, and a sample of older windows, so that
/// the new does not wash away the old (experience replay, [Rolnick et al.
/// 2018](https://arxiv.org/abs/1811.11682)).
///
/// @param windows parts of histories, none longer than was asked for unless all of it is new
/// @param fresh how many entries are newer than the moment
public record FreshHistories(List<History> windows, long fresh) {
  public FreshHistories {
    windows = List.copyOf(windows);
  }

  /// @param millis the moment, since 1970
  /// @param window entries that a model reads at one time
  /// @param replay entries of older windows for each entry of windows that hold something new
  public static FreshHistories since(
      List<History> histories, long millis, int window, double replay, long seed) {
    List<History> windows = new ArrayList<>();
    long fresh = 0;
    long entries = 0;
    for (History history : histories) {
      int first = firstAfter(history, millis);
      if (first < history.size()) {
        History part = history.slice(Math.max(0, first - window / 2), history.size());
        fresh += history.size() - first;
        entries += part.size();
        windows.add(part);
      }
    }
    int[] order = java.util.stream.IntStream.range(0, histories.size()).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    Shuffle.of(order, random);
    long left = (long) (replay * entries);
    for (int user : order) {
      History history = histories.get(user);
      int size = firstAfter(history, millis);
      if (left <= 0) {
        break;
      }
      if (size > 1) {
        int to = size <= window ? size : window + random.nextInt(size - window + 1);
        History part = history.slice(Math.max(0, to - window), to);
        windows.add(part);
        left -= part.size();
      }
    }
    return new FreshHistories(windows, fresh);
  }

  private static int firstAfter(History history, long millis) {
    int at = history.size();
    while (at > 0 && history.timeMillis(at - 1) > millis) {
      at--;
    }
    return at;
  }
}
