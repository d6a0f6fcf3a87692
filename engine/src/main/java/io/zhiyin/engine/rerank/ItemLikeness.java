package io.zhiyin.engine.rerank;

import io.zhiyin.engine.catalog.Item;
import org.jspecify.annotations.Nullable;

/// How alike two items look in a list, 0 to 1: half for the share of category levels that they have
/// in common, half for the same brand.
final class ItemLikeness {
  private ItemLikeness() {}

  static double of(@Nullable Item a, @Nullable Item b) {
    if (a == null || b == null) {
      return 0;
    }
    return 0.5 * sharedLevels(a.categoryPath(), b.categoryPath()) + 0.5 * sameBrand(a, b);
  }

  private static double sharedLevels(int[] a, int[] b) {
    int longest = Math.max(a.length, b.length);
    int shared = 0;
    while (shared < Math.min(a.length, b.length) && a[shared] == b[shared]) {
      shared++;
    }
    return longest == 0 ? 0 : (double) shared / longest;
  }

  private static double sameBrand(Item a, Item b) {
    return !a.brand().isEmpty() && a.brand().equals(b.brand()) ? 1 : 0;
  }
}
