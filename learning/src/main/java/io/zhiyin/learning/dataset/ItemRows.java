package io.zhiyin.learning.dataset;

import io.zhiyin.engine.profile.History;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Which items a model learns: rows 0, 1, … for the items that occur in what is fitted, in the
/// order of their catalogue indices. Items that never occur have no row.
public final class ItemRows {
  private final int[] items;
  private final int[] rows;

  private ItemRows(int[] items, int bound) {
    this.items = items;
    rows = new int[bound];
    Arrays.fill(rows, -1);
    for (int row = 0; row < items.length; row++) {
      rows[items[row]] = row;
    }
  }

  /// The items of those histories.
  public static ItemRows of(List<History> histories) {
    return of(histories, new BitSet());
  }

  /// The items of those histories, and those given by their catalogue indices.
  public static ItemRows of(List<History> histories, BitSet more) {
    BitSet seen = (BitSet) more.clone();
    for (History history : histories) {
      for (int i = 0; i < history.size(); i++) {
        if (history.item(i) >= 0) {
          seen.set(history.item(i));
        }
      }
    }
    return new ItemRows(seen.stream().toArray(), seen.length());
  }

  /// The catalogue's index of a row.
  public int item(int row) {
    return items[row];
  }

  /// The row of an item, or -1.
  public int row(int item) {
    return item >= 0 && item < rows.length ? rows[item] : -1;
  }

  public int size() {
    return items.length;
  }
}
