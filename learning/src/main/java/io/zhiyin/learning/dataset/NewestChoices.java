package io.zhiyin.learning.dataset;

import io.zhiyin.engine.profile.History;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The newest choices of some shoppers, kept from fitting so that two models can be compared on
/// what neither has seen: the older model because they came after its data ended, the newer one
/// because they are held out.
///
/// @param cases the choices, those of one shopper side by side
/// @param rest every history as far as it may be fitted
public record NewestChoices(List<Case> cases, List<History> rest) {
  /// How many choices of one shopper are asked at most: more say little more of the same taste.
  private static final int PER_SHOPPER = 5;

  public NewestChoices {
    cases = List.copyOf(cases);
    rest = List.copyOf(rest);
  }

  /// Holds out the newest choices, made after that moment, of at most so many shoppers and of at
  /// most half of those who made any; the other half is there to be learned from.
  ///
  /// @param millis since 1970; choices at that very moment are not after it
  public static NewestChoices after(List<History> histories, long millis, int users, long seed) {
    int[] fresh =
        java.util.stream.IntStream.range(0, histories.size())
            .filter(user -> chosenAfter(histories.get(user), millis).length > 0)
            .toArray();
    Shuffle.of(fresh, new SplittableRandom(seed));
    boolean[] picked = new boolean[histories.size()];
    for (int i = 0; i < Math.min(users, fresh.length / 2); i++) {
      picked[fresh[i]] = true;
    }
    List<Case> cases = new ArrayList<>();
    List<History> rest = new ArrayList<>();
    for (int user = 0; user < picked.length; user++) {
      History history = histories.get(user);
      if (!picked[user]) {
        rest.add(history);
        continue;
      }
      int[] chosen = chosenAfter(history, millis);
      for (int position : chosen) {
        cases.add(
            new Case(
                user,
                history.slice(0, position),
                history.item(position),
                history.timeMillis(position)));
      }
      rest.add(history.slice(0, chosen[0]));
    }
    return new NewestChoices(cases, rest);
  }

  /// How many shoppers are asked.
  public int shoppers() {
    return (int) cases.stream().mapToInt(Case::user).distinct().count();
  }

  /// Positions of the newest choices after that moment that have something before them.
  private static int[] chosenAfter(History history, long millis) {
    if (history.size() == 0 || history.timeMillis(history.size() - 1) <= millis) {
      return new int[0];
    }
    Targets targets = Targets.of(history);
    int from = Math.max(0, targets.size() - PER_SHOPPER);
    return java.util.stream.IntStream.range(from, targets.size())
        .map(targets::position)
        .filter(position -> position > 0 && history.timeMillis(position) > millis)
        .toArray();
  }
}
