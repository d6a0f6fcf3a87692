package io.zhiyin.engine.model;

import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.kernel.nn.VectorTable;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The row that a model was trained with for each item of the catalogue: four bytes an item, and an
/// entry for each that the catalogue does not name, as it may yet come back. Guarded by
/// [ItemVectors].
final class TrainedRows {
  private static final int UNTRAINED = -1;

  private final Vocabulary vocabulary;
  private final int[] known;
  private final Map<ItemId, Integer> others = new HashMap<>();
  private final int size;

  /// The rows whose vectors are here, rising; null for all of them.
  private int @Nullable [] present;

  private VectorTable vectors;

  /// @param trained the vectors by row
  /// @param items what the model was trained on, in the order of its rows
  TrainedRows(Vocabulary vocabulary, VectorTable trained, List<ItemId> items) {
    this.vocabulary = vocabulary;
    size = trained.size();
    vectors = trained;
    known = new int[vocabulary.size()];
    Arrays.fill(known, UNTRAINED);
    int row = 0;
    int next = 0; // rows mostly follow the catalogue: to look there first saves most searches
    for (ItemId item : items) {
      int index = vocabulary.isAt(next, item) ? next : vocabulary.indexOf(item);
      next = index + 1;
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

  /// Copies the vector of a row to `to[start …]`.
  void copy(int row, float[] to, int start) {
    int place = present == null ? row : Arrays.binarySearch(present, row);
    vectors.copy(place, to, start);
  }

  /// The vectors of the first `copied` items of the catalogue were copied, and nobody will ask for
  /// them again: only those of items that may yet come are kept.
  void keepAfter(int copied) {
    if (present != null) {
      return;
    }
    IntStream later = IntStream.range(copied, known.length).map(index -> known[index]);
    IntStream absent = others.values().stream().mapToInt(row -> row);
    int[] rows = IntStream.concat(later, absent).filter(row -> row >= 0).sorted().toArray();
    float[] kept = new float[rows.length * size];
    for (int i = 0; i < rows.length; i++) {
      vectors.copy(rows[i], kept, i * size);
    }
    vectors = new VectorTable(rows.length, size, FloatBuffer.wrap(kept));
    present = rows;
  }
}
