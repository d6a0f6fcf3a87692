package io.zhiyin.engine.recall;

/// One strength an item, NaN where there is no evidence.
final class Strengths {
  private Strengths() {}

  /// A strength by item.
  @FunctionalInterface
  interface ByItem {
    float of(int item);
  }

  /// Takes what is not positive for no evidence.
  static float[] positive(int[] items, ByItem strength) {
    float[] strengths = new float[items.length];
    for (int i = 0; i < items.length; i++) {
      float value = strength.of(items[i]);
      strengths[i] = value > 0 ? value : Float.NaN;
    }
    return strengths;
  }
}
