package io.zhiyin.engine.model;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.kernel.index.ExactIndex;
import io.zhiyin.kernel.index.QuantisedIndex;
import io.zhiyin.kernel.index.VectorIndex;
import io.zhiyin.kernel.nn.VectorTable;
import io.zhiyin.kernel.vector.ByteRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One vector per item of the catalogue, by the catalogue's own indices: the trained row where the
/// model has one, else what the content says, else none.
///
/// Follows the catalogue: an item put a moment ago has its vector in the next request. Readers take
/// a [Snapshot]; whoever finds the catalogue changed extends it, one thread at a time. What takes
/// long, a pretrained encoder's reading of a new title, is left out until [#readTexts] adds it.
final class ItemVectors {
  /// The item's vector comes from its content.
  static final int CONTENT = -1;

  /// The item has no vector.
  static final int NONE = -2;

  /// From so many items on, searches read rounded vectors, which is a quarter of the memory to go
  /// through; below, all of them lie in the processor's cache and exact costs nothing.
  static final int ROUNDED_FROM = 50_000;

  private static final int TEXTS_AT_A_TIME = 64;

  private final Catalog catalog;
  private final TrainedRows rows;
  private final int vectorSize;
  private final Optional<ContentProjection> content;
  private final int roundedFrom;
  private final Object reading = new Object();
  private volatile Snapshot current;

  /// @param matrix `[capacity, d]` by catalogue index; rows at and past `size` are not set yet
  /// @param rows the trained row of each item, [#CONTENT], or [#NONE]
  /// @param sources documents that content vectors were made of, null for trained rows
  /// @param lacking whether the item's text is still to be read
  /// @param version of the catalogue that it reflects
  /// @param bytes the matrix rounded, row by row; null for few items
  /// @param groups the items put together by nearness; null until that was done
  /// @param vectorless which items below `size` have no vector; bits, as a search asks of thousands
  record Snapshot(
      float[] matrix,
      int[] rows,
      @Nullable Item[] sources,
      boolean[] lacking,
      int size,
      long version,
      @Nullable ByteRows bytes,
      @Nullable ItemGroups groups,
      BitSet vectorless) {
    boolean has(int index) {
      return index >= 0 && index < size && !vectorless.get(index);
    }

    float[] vector(int item, int d) {
      return Arrays.copyOfRange(matrix, item * d, (item + 1) * d);
    }

    Snapshot copy() {
      return new Snapshot(
          matrix.clone(),
          rows.clone(),
          sources.clone(),
          lacking.clone(),
          size,
          version,
          bytes == null ? null : bytes.copy(bytes.capacity()),
          groups,
          (BitSet) vectorless.clone());
    }

    Snapshot with(@Nullable ItemGroups other) {
      return new Snapshot(matrix, rows, sources, lacking, size, version, bytes, other, vectorless);
    }

    /// Searches over the rows; what has no vector is there too, as zeros.
    VectorIndex index(int d) {
      if (bytes == null) {
        return new ExactIndex(d, size, matrix);
      }
      return groups == null
          ? new QuantisedIndex(size, bytes, matrix)
          : groups.index(size, bytes, matrix);
    }

    /// After the vector of a row was written.
    private void round(int index, int d) {
      if (bytes != null) {
        bytes.set(index, matrix, index * d);
      }
    }
  }

  /// @param items what has a trained row, in the order of the rows
  ItemVectors(
      Catalog catalog,
      VectorTable trained,
      List<ItemId> items,
      Optional<ContentProjection> content) {
    this(catalog, trained, items, content, ROUNDED_FROM);
  }

  ItemVectors(
      Catalog catalog,
      VectorTable trained,
      List<ItemId> items,
      Optional<ContentProjection> content,
      int roundedFrom) {
    this.roundedFrom = roundedFrom;
    this.catalog = catalog;
    this.rows = new TrainedRows(catalog.vocabulary(), trained, items);
    vectorSize = trained.size();
    this.content = content;
    current =
        new Snapshot(
            new float[0], new int[0], new Item[0], new boolean[0], 0, -1, null, null, new BitSet());
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
    BitSet vectorless = (BitSet) old.vectorless.clone();
    for (int index = old.size; index < size; index++) {
      fill(old, index);
      vectorless.set(index, old.rows[index] == NONE);
    }
    rows.keepAfter(size);
    current =
        new Snapshot(
            old.matrix,
            old.rows,
            old.sources,
            old.lacking,
            size,
            version,
            old.bytes,
            old.groups,
            vectorless);
    return current;
  }

  /// The snapshot, copied first where a document of an untrained item changed its vector.
  private Snapshot renewed(Snapshot old) {
    Snapshot result = old;
    int d = vectorSize;
    float[] vector = new float[d];
    boolean copied = false;
    BitSet changed = new BitSet();
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
        result = old.copy();
      }
      if (!same) {
        System.arraycopy(vector, 0, result.matrix, index * d, d);
        result.rows[index] = row;
        result.vectorless.set(index, row == NONE);
        result.round(index, d);
        changed.set(index);
      }
      result.sources[index] = now;
      result.lacking[index] = lacksText(now);
    }
    return result.with(ItemGroups.changed(old.groups, changed));
  }

  private Snapshot withRoom(Snapshot old, int size) {
    if (size <= old.rows.length) {
      return old;
    }
    int d = vectorSize;
    int capacity = Math.max(size, old.rows.length + old.rows.length / 4);
    return new Snapshot(
        Arrays.copyOf(old.matrix, Math.multiplyExact(capacity, d)),
        Arrays.copyOf(old.rows, capacity),
        Arrays.copyOf(old.sources, capacity),
        Arrays.copyOf(old.lacking, capacity),
        old.size,
        old.version,
        capacity < roundedFrom ? null : rounded(old, capacity),
        old.groups,
        old.vectorless);
  }

  private ByteRows rounded(Snapshot old, int capacity) {
    if (old.bytes != null) {
      return old.bytes.copy(capacity);
    }
    ByteRows bytes = new ByteRows(vectorSize, capacity);
    for (int index = 0; index < old.size; index++) {
      bytes.set(index, old.matrix, index * vectorSize);
    }
    return bytes;
  }

  private void fill(Snapshot snapshot, int index) {
    int d = vectorSize;
    int row = rows.of(index);
    if (row >= 0) {
      rows.copy(row, snapshot.matrix, index * d);
      snapshot.rows[index] = row;
      snapshot.round(index, d);
      return;
    }
    Item item = catalog.at(index);
    snapshot.sources[index] = item;
    snapshot.rows[index] = project(item, snapshot.matrix, index * d);
    snapshot.round(index, d);
    snapshot.lacking[index] = lacksText(item);
  }

  /// Reads the texts that vectors still lack and completes these vectors, some at a time. Requests
  /// go on meanwhile; returns when nothing is left that was lacking at its call.
  ///
  /// @return how many texts were read
  int readTexts() {
    synchronized (reading) {
      Snapshot seen = snapshot();
      int[] lacking = IntStream.range(0, seen.size).filter(i -> seen.lacking[i]).toArray();
      for (int from = 0; from < lacking.length; from += TEXTS_AT_A_TIME) {
        complete(
            Arrays.copyOfRange(lacking, from, Math.min(lacking.length, from + TEXTS_AT_A_TIME)));
      }
      return lacking.length;
    }
  }

  private void complete(int[] indices) {
    int d = vectorSize;
    float[] vectors = new float[indices.length * d];
    @Nullable Item[] items = new Item[indices.length];
    boolean[] made = new boolean[indices.length];
    for (int i = 0; i < indices.length; i++) {
      Item item = catalog.at(indices[i]);
      items[i] = item;
      made[i] =
          item != null && content.isPresent() && content.get().projectReading(item, vectors, i * d);
    }
    put(indices, items, made, vectors);
  }

  private synchronized void put(
      int[] indices, @Nullable Item[] items, boolean[] made, float[] vectors) {
    Snapshot next = current.copy();
    BitSet changed = new BitSet();
    int d = vectorSize;
    for (int i = 0; i < indices.length; i++) {
      int index = indices[i];
      System.arraycopy(vectors, i * d, next.matrix, index * d, d);
      next.round(index, d);
      next.rows[index] = made[i] ? CONTENT : NONE;
      next.vectorless.set(index, !made[i]);
      next.sources[index] = items[i];
      next.lacking[index] = false;
      changed.set(index);
    }
    current = next.with(ItemGroups.changed(next.groups, changed));
  }

  /// Puts the items together by nearness where they are many and that was not done, or for too few
  /// of them: seconds of the calling thread, while requests go on.
  ///
  /// @param queries shoppers' vectors, to measure how many items must be read
  /// @return the groups, when they were made
  Optional<ItemGroups> group(Supplier<List<float[]>> queries) {
    Snapshot before = snapshot();
    ByteRows bytes = before.bytes;
    if (bytes == null || (before.groups != null && !before.groups.isStale(before.size))) {
      return Optional.empty();
    }
    int d = vectorSize;
    ItemGroups made = ItemGroups.of(before, d, bytes, queries.get());
    synchronized (this) {
      current = current.with(made.since(before, current, d));
    }
    return Optional.of(made);
  }

  /// Takes groups up again that were [saved][#saveGroups]: those of the items whose vectors are the
  /// same as then. Nothing happens where there are none, or they are of too few of the items, or
  /// the items are grouped already.
  ///
  /// @return whether they were taken up
  /// @throws IOException when the file is damaged or of another format
  boolean recallGroups(Path file) throws IOException {
    Snapshot before = snapshot();
    if (before.bytes == null || before.groups != null || !Files.exists(file)) {
      return false;
    }
    int d = vectorSize;
    Optional<ItemGroups> read = GroupsFile.read(file, before, d);
    synchronized (this) {
      read.ifPresent(groups -> current = current.with(groups.since(before, current, d)));
    }
    return read.isPresent();
  }

  /// Saves the groups, if there are any.
  void saveGroups(Path file) throws IOException {
    Snapshot now = current;
    if (now.groups != null) {
      GroupsFile.write(file, now.groups, now, vectorSize);
    }
  }

  private boolean lacksText(@Nullable Item item) {
    return item != null && content.isPresent() && content.get().lacksText(item);
  }

  private int project(@Nullable Item item, float[] out, int from) {
    return item != null && content.isPresent() && content.get().project(item, out, from)
        ? CONTENT
        : NONE;
  }
}
