package io.zhiyin.engine.evaluate;

/// Which items were right: small, so a scan will do.
final class Relevant {
  private Relevant() {}

  static boolean contains(int[] relevant, int item) {
    for (int each : relevant) {
      if (each == item) {
        return true;
      }
    }
    return false;
  }

  /// How many of the first `k` were right.
  static int hits(int[] ranked, int[] relevant, int k) {
    int hits = 0;
    for (int i = 0; i < Math.min(k, ranked.length); i++) {
      hits += contains(relevant, ranked[i]) ? 1 : 0;
    }
    return hits;
  }

  static void checkCutOff(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("the cut-off must be 1 or more, not " + k);
    }
  }
}
