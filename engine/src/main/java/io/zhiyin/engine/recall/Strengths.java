package io.zhiyin.engine.recall;

/// One strength an item, NaN where there is no evidence.
final class Strengths {
  private Strengths() {}

  /// A strength by item.
  @FunctionalInterface
  interface ByItem {
    float of(int item);
  }

  /// The strengths, with what is not positive taken for no evidence.
  static float[] positive(float[] strengths) {
    for (int i = 0; i < strengths.length; i++) {
      strengths[i] = strengths[i] > 0 ? strengths[i] : Float.NaN;
    }
    return strengths;
  }

  /// Takes what is not positive for no evidence.
  static float[] positive(int[] items, ByItem strength) {
    float[] strengths = new float[items.length];
    for (int i = 0; i < items.length; i++) {
      strengths[i] = strength.of(items[i]);
    }
    return positive(strengths);
  }
}
