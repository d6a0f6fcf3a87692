package io.zhiyin.engine.recall;

import io.zhiyin.engine.profile.History;

/// A shopper's last items with how loud each speaks.
final class LastItems {
  private LastItems() {}

  /// Receives an item with its weight, 1 for the newest step of the weakest kind.
  @FunctionalInterface
  interface Visitor {
    void visit(int item, float weight);
  }

  /// Visits the newest `n` different items, newest first.
  static void forEach(History history, KindWeights kinds, int n, Decay recency, Visitor visitor) {
    Steps last = Steps.newestItems(history, kinds, n);
    long newest = last.size() == 0 ? 0 : last.timeMillis(last.size() - 1);
    for (int i = last.size() - 1; i >= 0; i--) {
      double weight = recency.weight(last.size() - i, newest - last.timeMillis(i));
      visitor.visit(last.item(i), (float) (weight * Math.sqrt(last.strength(i))));
    }
  }
}
