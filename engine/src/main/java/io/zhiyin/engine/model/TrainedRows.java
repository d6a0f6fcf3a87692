package io.zhiyin.engine.model;

import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.ItemId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The row that a model was trained with for each item of the catalogue: four bytes an item, and an
/// entry for each that the catalogue does not name, as it may yet come back.
final class TrainedRows {
  private static final int UNTRAINED = -1;

  private final Vocabulary vocabulary;
  private final int[] known;
  private final Map<ItemId, Integer> others = new HashMap<>();

  /// @param items what the model was trained on, in the order of its rows
  TrainedRows(Vocabulary vocabulary, List<ItemId> items) {
    this.vocabulary = vocabulary;
    known = new int[vocabulary.size()];
    Arrays.fill(known, UNTRAINED);
    int row = 0;
    for (ItemId item : items) {
      int index = vocabulary.indexOf(item);
      if (index >= 0 && index < known.length) {
        known[index] = row;
      } else { // or it came a moment ago
        others.put(item, row);
      }
      row++;
    }
  }

  /// The row of the item at that index, less than 0 when the model was trained without it.
  int of(int index) {
    return index < known.length
        ? known[index]
        : others.getOrDefault(vocabulary.idOf(index), UNTRAINED);
  }
}
