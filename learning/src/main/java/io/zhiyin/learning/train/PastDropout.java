package io.zhiyin.learning.train;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.dataset.Shuffle;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Plays that some items are new: in each case the past of one group of items is taken away, so
/// that the ranker learns how often an item is chosen of which nothing but its content is known.
///
/// Nobody chose an item without a past in what a shop has recorded; a ranker that learns from that
/// alone puts all of them last. DropoutNet hides the preferences for some items from a network for
/// the same reason (Volkovs, Yu and Poutanen, NeurIPS 2017).
final class PastDropout {
  /// A case takes one of so many groups for new, so one item in so many.
  static final int GROUPS = 20;

  private final int[][] groups;
  private final byte[] groupOf;

  private PastDropout(int[][] groups, byte[] groupOf) {
    this.groups = groups;
    this.groupOf = groupOf;
  }

  /// Draws the groups.
  static PastDropout of(Catalog catalog, long seed) {
    int[] order = IntStream.range(0, catalog.indexBound()).toArray();
    Shuffle.of(order, new SplittableRandom(seed));
    byte[] groupOf = new byte[order.length];
    int[][] groups = new int[GROUPS][];
    for (int g = 0; g < GROUPS; g++) {
      groups[g] =
          Arrays.copyOfRange(
              order,
              (int) ((long) g * order.length / GROUPS),
              (int) ((g + 1L) * order.length / GROUPS));
      Arrays.sort(groups[g]);
      for (int item : groups[g]) {
        groupOf[item] = (byte) g;
      }
    }
    return new PastDropout(groups, groupOf);
  }

  /// The group of an item.
  int groupOf(int item) {
    return groupOf[item];
  }

  /// A group that the item is not in, the case's number deciding.
  int groupWithout(int item, int number) {
    int group = Math.floorMod(number * 7, GROUPS);
    return group == groupOf[item] ? (group + 1) % GROUPS : group;
  }

  /// Takes the items of a group for new, but for those that the shopper met.
  Played play(int group, History history) {
    return new Played(
        IntStream.of(groups[group]).filter(item -> !history.contains(item)).toArray());
  }

  /// The items that a case takes for new.
  ///
  /// @param items catalogue indices, rising
  record Played(int[] items) {
    static final Played NONE = new Played(new int[0]);

    boolean holds(int item) {
      return Arrays.binarySearch(items, item) >= 0;
    }
  }
}
