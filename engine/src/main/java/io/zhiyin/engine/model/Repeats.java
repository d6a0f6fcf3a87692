package io.zhiyin.engine.model;

import io.zhiyin.engine.profile.MetItems;
import java.util.Arrays;

/// By how much an item's score changes because the shopper has met it already: in a shop of books
/// nobody buys one twice, in a grocery nearly everything is bought again, and what was looked at a
/// minute ago is often looked at once more. A number for how many entries of the history ago it was
/// last met (1, 2, 3–4, 5–8, … 65 and more) and one for how often (once, twice, 3–4, 5 and more):
///
///     score(i) += recency[⌈log2 steps(i)⌉] + times[⌈log2 times(i)⌉]
///
/// As in [The Dynamics of Repeat Consumption](https://doi.org/10.1145/2566486.2568018) recency and
/// quantity of what was consumed foretell what is consumed again. Learned from held-out choices.
/// Immutable.
public final class Repeats {
  public static final int RECENCY = 8;
  public static final int TIMES = 4;

  /// An item counts the same whether it was met or not.
  public static final Repeats NONE = new Repeats(new float[RECENCY + TIMES]);

  private final float[] changes;

  /// @param changes in the measure of the scores, [#RECENCY] numbers and then [#TIMES] numbers, all
  ///   finite
  public Repeats(float[] changes) {
    if (changes.length != RECENCY + TIMES) {
      throw new IllegalArgumentException(
          "%d numbers for items met already, not %d".formatted(changes.length, RECENCY + TIMES));
    }
    for (float change : changes) {
      if (!Float.isFinite(change)) {
        throw new IllegalArgumentException(
            "what is added to a score must be finite, not " + change);
      }
    }
    this.changes = changes.clone();
  }

  /// The place of "so many entries ago" among the [#RECENCY] numbers.
  public static int recency(int steps) {
    return Math.min(RECENCY - 1, ceilLog2(steps));
  }

  /// The place of "so often" among the [#TIMES] numbers.
  public static int times(int times) {
    return Math.min(TIMES - 1, ceilLog2(times));
  }

  private static int ceilLog2(int n) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(n - 1);
  }

  public boolean isNone() {
    for (float change : changes) {
      if (change != 0) {
        return false;
      }
    }
    return true;
  }

  /// What is added to the score of an item that was met.
  ///
  /// @param number of the item in `met`
  public float of(MetItems met, int number) {
    return changes[recency(met.steps(number))] + changes[RECENCY + times(met.times(number))];
  }

  /// Changes the scores of those of the items that were met.
  public void add(MetItems met, int[] items, float[] scores) {
    for (int i = 0; i < items.length; i++) {
      int number = met.numberOf(items[i]);
      if (number >= 0) {
        scores[i] += of(met, number);
      }
    }
  }

  /// Changes the scores of all items that were met.
  ///
  /// @param scores by catalogue index
  public void add(MetItems met, float[] scores) {
    for (int number = 0; number < met.size(); number++) {
      if (met.item(number) < scores.length) {
        scores[met.item(number)] += of(met, number);
      }
    }
  }

  /// [#RECENCY] numbers and then [#TIMES] numbers.
  public float[] changes() {
    return changes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Repeats repeats && Arrays.equals(changes, repeats.changes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(changes);
  }

  @Override
  public String toString() {
    return Arrays.toString(changes);
  }
}
