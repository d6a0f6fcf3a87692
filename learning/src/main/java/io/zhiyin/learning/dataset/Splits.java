package io.zhiyin.learning.dataset;

import io.zhiyin.engine.profile.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// The ways to divide data.
public final class Splits {
  private Splits() {}

  /// @param testShare of all targets that lie after the moment of a time split
  public static Split of(Protocol protocol, List<History> histories, double testShare) {
    return switch (protocol) {
      case LEAVE_ONE_OUT -> leaveOneOut(histories);
      case TIME_SPLIT -> timeSplit(histories, testShare);
    };
  }

  /// The last target of each shopper with at least three is the test, the one before it the
  /// validation. Shoppers with fewer are only fitted.
  public static Split leaveOneOut(List<History> histories) {
    List<History> fit = new ArrayList<>();
    List<History> refit = new ArrayList<>();
    List<Case> validation = new ArrayList<>();
    List<Case> test = new ArrayList<>();
    for (int user = 0; user < histories.size(); user++) {
      History history = histories.get(user);
      Targets targets = Targets.of(history);
      int n = targets.size();
      if (n < 3) {
        fit.add(history);
        refit.add(history);
        continue;
      }
      Case last = question(user, history, targets.position(n - 1));
      Case beforeLast = question(user, history, targets.position(n - 2));
      fit.add(beforeLast.before());
      validation.add(beforeLast);
      refit.add(last.before());
      test.add(last);
    }
    return new Split(Protocol.LEAVE_ONE_OUT, fit, validation, refit, test);
  }

  /// The newest `testShare` of all targets are after the test's moment, as many again between it
  /// and the validation's moment. Each shopper known before a moment is asked once, for the first
  /// target after it.
  public static Split timeSplit(List<History> histories, double testShare) {
    long[] times = times(histories);
    if (times.length == 0) {
      return new Split(Protocol.TIME_SPLIT, List.of(), List.of(), List.of(), List.of());
    }
    long testMoment = times[(int) (times.length * (1 - testShare))];
    long validationMoment = times[(int) (times.length * (1 - 2 * testShare))];
    return new Split(
        Protocol.TIME_SPLIT,
        before(histories, validationMoment),
        firstAfter(histories, validationMoment, testMoment),
        before(histories, testMoment),
        firstAfter(histories, testMoment, Long.MAX_VALUE));
  }

  /// Everything before one moment is fitted, and the choices from it until another are asked: the
  /// first few of each shopper, whoever has done anything before.
  ///
  /// @param from milliseconds since 1970
  /// @param to milliseconds since 1970, exclusive
  /// @param perShopper how many choices of one shopper are asked at most
  public static Split fold(List<History> histories, long from, long to, int perShopper) {
    List<Case> cases = new ArrayList<>();
    for (int user = 0; user < histories.size(); user++) {
      History history = histories.get(user);
      Targets targets = Targets.of(history);
      int asked = 0;
      for (int t = 0; t < targets.size() && asked < perShopper; t++) {
        int position = targets.position(t);
        long time = history.timeMillis(position);
        if (position > 0 && time >= from && time < to) {
          cases.add(question(user, history, position));
          asked++;
        }
      }
    }
    List<History> fit = before(histories, from);
    return new Split(Protocol.TIME_SPLIT, fit, cases, fit, List.of());
  }

  /// The moment before which that share of all choices lies, in milliseconds since 1970; 0 when
  /// there are none.
  public static long moment(List<History> histories, double share) {
    long[] times = times(histories);
    return times.length == 0
        ? 0
        : times[Math.clamp((int) (times.length * share), 0, times.length - 1)];
  }

  /// Times of all choices, sorted.
  private static long[] times(List<History> histories) {
    return histories.stream()
        .flatMapToLong(
            history -> {
              Targets targets = Targets.of(history);
              return java.util.stream.IntStream.range(0, targets.size())
                  .mapToLong(t -> history.timeMillis(targets.position(t)));
            })
        .sorted()
        .toArray();
  }

  /// For a shop's own model: the last target of at most `users` shoppers (and of at most half of
  /// them) validates, everything else is fitted, nothing is kept for a test.
  public static Split holdOut(List<History> histories, int users, long seed) {
    int[] order = java.util.stream.IntStream.range(0, histories.size()).toArray();
    Shuffle.of(order, new SplittableRandom(seed));
    boolean[] chosen = new boolean[histories.size()];
    int left = Math.min(users, histories.size() / 2);
    for (int user : order) {
      if (left > 0 && Targets.of(histories.get(user)).size() >= 3) {
        chosen[user] = true;
        left--;
      }
    }
    List<History> fit = new ArrayList<>();
    List<Case> validation = new ArrayList<>();
    for (int user = 0; user < chosen.length; user++) {
      History history = histories.get(user);
      if (chosen[user]) {
        Targets targets = Targets.of(history);
        Case last = question(user, history, targets.position(targets.size() - 1));
        validation.add(last);
        fit.add(last.before());
      } else {
        fit.add(history);
      }
    }
    return new Split(Protocol.LEAVE_ONE_OUT, fit, validation, histories, List.of());
  }

  private static Case question(int user, History history, int position) {
    return new Case(
        user, history.slice(0, position), history.item(position), history.timeMillis(position));
  }

  private static List<History> before(List<History> histories, long moment) {
    return histories.stream()
        .map(history -> history.slice(0, firstAt(history, moment)))
        .filter(history -> history.size() > 0)
        .toList();
  }

  private static List<Case> firstAfter(List<History> histories, long from, long to) {
    List<Case> cases = new ArrayList<>();
    for (int user = 0; user < histories.size(); user++) {
      History history = histories.get(user);
      Targets targets = Targets.of(history);
      int start = firstAt(history, from);
      if (start == 0) {
        continue;
      }
      for (int t = 0; t < targets.size(); t++) {
        int position = targets.position(t);
        if (position >= start) {
          if (history.timeMillis(position) < to) {
            cases.add(question(user, history, position));
          }
          break;
        }
      }
    }
    return cases;
  }

  private static int firstAt(History history, long moment) {
    long[] times = new long[history.size()];
    Arrays.setAll(times, history::timeMillis);
    int at = Arrays.binarySearch(times, moment);
    if (at < 0) {
      return -at - 1;
    }
    while (at > 0 && times[at - 1] == moment) {
      at--;
    }
    return at;
  }
}
