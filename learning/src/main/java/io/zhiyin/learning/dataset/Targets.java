package io.zhiyin.learning.dataset;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.profile.History;
import java.util.Arrays;

/// Which entries of a history a recommender should have foretold.
///
/// A shopper looks at an item, puts it into the cart and buys it: three entries, one choice. So
/// consecutive entries of one item are one run, its first entry is the target, and the target
/// weighs as much as the strongest thing that was done in the run. Taking an item out of the cart
/// is no choice of it and does not end a run.
public final class Targets {
  private final int[] positions;
  private final float[] weights;

  private Targets(int[] positions, float[] weights) {
    this.positions = positions;
    this.weights = weights;
  }

  public static Targets of(History history) {
    int[] positions = new int[history.size()];
    float[] weights = new float[history.size()];
    int count = 0;
    int item = -1;
    for (int i = 0; i < history.size(); i++) {
      EventKind kind = history.kind(i);
      if (kind == EventKind.REMOVE_FROM_CART || history.item(i) < 0) {
        continue;
      }
      if (history.item(i) != item) {
        item = history.item(i);
        positions[count++] = i;
      }
      weights[count - 1] = Math.max(weights[count - 1], weight(kind));
    }
    return new Targets(Arrays.copyOf(positions, count), Arrays.copyOf(weights, count));
  }

  /// How much foretelling an entry of that kind is worth.
  private static float weight(EventKind kind) {
    return switch (kind) {
      case PURCHASE_COMPLETE -> 3;
      case ADD_TO_CART, ADD_TO_FAVORITES -> 2;
      default -> 1;
    };
  }

  public int size() {
    return positions.length;
  }

  /// Where in the history the `t`-th target stands.
  public int position(int t) {
    return positions[t];
  }

  public float weight(int t) {
    return weights[t];
  }
}
