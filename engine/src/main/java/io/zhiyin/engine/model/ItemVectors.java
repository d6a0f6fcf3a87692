package io.zhiyin.engine.model;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.kernel.nn.Embedding;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One vector per item of the catalogue, by the catalogue's own indices: the trained row where the
/// model has one, else what the content says, else none.
///
/// Follows the catalogue: an item put a moment ago has its vector in the next request. Readers take
/// a [Snapshot]; whoever finds the catalogue changed extends it, one thread at a time.
final class ItemVectors {
  /// The item's vector comes from its content.
  static final int CONTENT = -1;

  /// The item has no vector.
  static final int NONE = -2;

  private final Catalog catalog;
  private final Embedding trained;
  private final Map<ItemId, Integer> rows;
  private final Optional<ContentProjection> content;
  private volatile Snapshot current;

  /// @param matrix `[capacity, d]` by catalogue index; rows at and past `size` are not set yet
  /// @param rows the trained row of each item, [#CONTENT], or [#NONE]
  /// @param sources documents that content vectors were made of, null for trained rows
  /// @param version of the catalogue that it reflects
  record Snapshot(float[] matrix, int[] rows, @Nullable Item[] sources, int size, long version) {
    boolean has(int index) {
      return index >= 0 && index < size && rows[index] != NONE;
    }
  }

  ItemVectors(
      Catalog catalog,
      Embedding trained,
      Map<ItemId, Integer> rows,
      Optional<ContentProjection> content) {
    this.catalog = catalog;
    this.trained = trained;
    this.rows = rows;
    this.content = content;
    current = new Snapshot(new float[0], new int[0], new Item[0], 0, -1);
  }

  /// The vectors of the catalogue as it is now.
  Snapshot snapshot() {
    Snapshot snapshot = current;
    return isFresh(snapshot) ? snapshot : extend();
  }

  private boolean isFresh(Snapshot snapshot) {
    return snapshot.version == catalog.version() && snapshot.size == catalog.indexBound();
  }

  private synchronized Snapshot extend() {
    if (isFresh(current)) {
      return current;
    }
    long version = catalog.version();
    int size = catalog.indexBound();
    Snapshot old = withRoom(renewed(current), size);
    for (int index = old.size; index < size; index++) {
      fill(old, index);
    }
    current = new Snapshot(old.matrix, old.rows, old.sources, size, version);
    return current;
  }

  /// The snapshot, copied first where a document of an untrained item changed its vector.
  private Snapshot renewed(Snapshot old) {
    Snapshot result = old;
    int d = trained.size();
    float[] vector = new float[d];
    boolean copied = false;
    for (int index = 0; index < old.size; index++) {
      Item now = catalog.at(index);
      if (old.rows[index] >= 0 || Objects.equals(now, old.sources[index])) {
        continue;
      }
      int row = project(now, vector, 0);
      boolean same =
          row == old.rows[index]
              && (row == NONE
                  || Arrays.equals(vector, 0, d, old.matrix, index * d, (index + 1) * d));
      if (!same && !copied) {
        copied = true;
        result =
            new Snapshot(
                old.matrix.clone(), old.rows.clone(), old.sources.clone(), old.size, old.version);
      }
      if (!same) {
        System.arraycopy(vector, 0, result.matrix, index * d, d);
        result.rows[index] = row;
      }
      result.sources[index] = now;
    }
    return result;
  }

  private Snapshot withRoom(Snapshot old, int size) {
    if (size <= old.rows.length) {
      return old;
    }
    int capacity = Math.max(size, old.rows.length + old.rows.length / 4);
    return new Snapshot(
        Arrays.copyOf(old.matrix, Math.multiplyExact(capacity, trained.size())),
        Arrays.copyOf(old.rows, capacity),
        Arrays.copyOf(old.sources, capacity),
        old.size,
        old.version);
  }

  private void fill(Snapshot snapshot, int index) {
    int d = trained.size();
    Integer row = rows.get(catalog.vocabulary().idOf(index));
    if (row != null) {
      System.arraycopy(trained.weight(), row * d, snapshot.matrix, index * d, d);
      snapshot.rows[index] = row;
      return;
    }
    Item item = catalog.at(index);
    snapshot.sources[index] = item;
    snapshot.rows[index] = project(item, snapshot.matrix, index * d);
  }

  private int project(@Nullable Item item, float[] out, int from) {
    return item != null && content.isPresent() && content.get().project(item, out, from)
        ? CONTENT
        : NONE;
  }
}
