package io.zhiyin.learning.dataset;

import java.util.SplittableRandom;

/// A fair reordering that depends on the generator alone.
public final class Shuffle {
  private Shuffle() {}

  /// Reorders in place (Fisher and Yates).
  public static void of(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }
}
