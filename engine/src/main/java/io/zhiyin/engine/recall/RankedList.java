package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.ItemOrder;
import io.zhiyin.engine.catalog.RankedItems;
import io.zhiyin.engine.pipeline.CandidateSource;
import java.util.Arrays;

/// Strengths that do not depend on the shopper: every item with a positive one, best first.
/// Immutable.
final class RankedList {
  private final float[] strengths;
  private final int[] ranked;

  /// @param strengths by item index; given away
  RankedList(float[] strengths) {
    this.strengths = strengths;
    long[] keys = new long[strengths.length];
    int n = 0;
    for (int item = 0; item < strengths.length; item++) {
      if (strengths[item] > 0) {
        keys[n++] = ItemOrder.key(item, strengths[item]);
      }
    }
    Arrays.sort(keys, 0, n);
    ranked = Arrays.stream(keys, 0, n).mapToInt(ItemOrder::item).toArray();
  }

  float strength(int item) {
    return item >= 0 && item < strengths.length ? strengths[item] : 0;
  }

  RankedItems top(int k) {
    int[] items = Arrays.copyOf(ranked, Math.min(k, ranked.length));
    float[] best = new float[items.length];
    for (int i = 0; i < items.length; i++) {
      best[i] = strengths[items[i]];
    }
    return new RankedItems(items, best);
  }

  void offerTo(int limit, CandidateSource.Sink sink) {
    int kept = 0;
    for (int i = 0; i < ranked.length && kept < limit; i++) {
      if (sink.offer(ranked[i], strengths[ranked[i]])) {
        kept++;
      }
    }
  }

  /// One more than the largest item index that it was made with.
  int bound() {
    return strengths.length;
  }

  int size() {
    return ranked.length;
  }
}
