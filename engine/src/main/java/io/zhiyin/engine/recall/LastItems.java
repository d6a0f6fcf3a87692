package io.zhiyin.engine.recall;

import io.zhiyin.engine.profile.History;

/// A shopper's last items with how loud each speaks, newest first.
final class LastItems {
  private final int[] items;
  private final float[] weights;

  private LastItems(int[] items, float[] weights) {
    this.items = items;
    this.weights = weights;
  }

  /// Receives an item with its weight, 1 for the newest step of the weakest kind.
  @FunctionalInterface
  interface Visitor {
    void visit(int item, float weight);
  }

  /// The newest `n` different items.
  static LastItems of(History history, KindWeights kinds, int n, Decay recency) {
    Steps last = Steps.newestItems(history, kinds, n);
    int[] items = new int[last.size()];
    float[] weights = new float[items.length];
    long newest = items.length == 0 ? 0 : last.timeMillis(items.length - 1);
    for (int i = items.length - 1, at = 0; i >= 0; i--, at++) {
      double weight = recency.weight(items.length - i, newest - last.timeMillis(i));
      items[at] = last.item(i);
      weights[at] = (float) (weight * Math.sqrt(last.strength(i)));
    }
    return new LastItems(items, weights);
  }

  /// Visits the newest `n` different items.
  static void forEach(History history, KindWeights kinds, int n, Decay recency, Visitor visitor) {
    of(history, kinds, n, recency).forEach(visitor);
  }

  void forEach(Visitor visitor) {
    for (int i = 0; i < items.length; i++) {
      visitor.visit(items[i], weights[i]);
    }
  }

  int size() {
    return items.length;
  }

  /// The items, newest first; not to be written to.
  int[] items() {
    return items;
  }

  float weight(int i) {
    return weights[i];
  }
}
