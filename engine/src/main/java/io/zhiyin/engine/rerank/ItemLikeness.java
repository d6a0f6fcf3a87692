package io.zhiyin.engine.rerank;

import io.zhiyin.engine.catalog.Item;
import org.jspecify.annotations.Nullable;

/// How alike two items look in a list, 0 to 1: half for the share of category levels that they have
/// in common, half for the same brand.
public final class ItemLikeness {
  private ItemLikeness() {}

  public static double of(@Nullable Item a, @Nullable Item b) {
    if (a == null || b == null) {
      return 0;
    }
    return 0.5 * sharedLevels(a.categoryPath(), b.categoryPath()) + 0.5 * sameBrand(a, b);
  }

  /// The same as a kernel: half for the cosine of the sets of category levels, half for the same
  /// brand, and 1 for an item with itself. Any matrix of it is positive semidefinite, because it is
  /// made of inner products; an item without a category or brand is like no other.
  static double kernel(@Nullable Item a, @Nullable Item b) {
    if (a == null || b == null) {
      return 0;
    }
    int[] pathA = a.categoryPath();
    int[] pathB = b.categoryPath();
    double levels = Math.sqrt((double) pathA.length * pathB.length);
    double category = levels == 0 ? 0 : shared(pathA, pathB) / levels;
    return 0.5 * category + 0.5 * sameBrand(a, b);
  }

  private static double sharedLevels(int[] a, int[] b) {
    int longest = Math.max(a.length, b.length);
    return longest == 0 ? 0 : (double) shared(a, b) / longest;
  }

  private static int shared(int[] a, int[] b) {
    int shared = 0;
    while (shared < Math.min(a.length, b.length) && a[shared] == b[shared]) {
      shared++;
    }
    return shared;
  }

  private static double sameBrand(Item a, Item b) {
    return !a.brand().isEmpty() && a.brand().equals(b.brand()) ? 1 : 0;
  }
}
