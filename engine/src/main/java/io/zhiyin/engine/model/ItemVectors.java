package io.zhiyin.engine.model;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.kernel.index.ExactIndex;
import io.zhiyin.kernel.index.QuantisedIndex;
import io.zhiyin.kernel.index.VectorIndex;
import io.zhiyin.kernel.nn.VectorTable;
import io.zhiyin.kernel.vector.ByteRows;
import io.zhiyin.kernel.vector.FloatRows;
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

  /// The most items that room is made for before they come.
  private static final int MOST_SPARE = 16_384;

  private final Catalog catalog;
  private final TrainedRows rows;
  private final int vectorSize;
  private final Optional<ContentProjection> content;
  private final int roundedFrom;
  private final Object reading = new Object();
  private volatile Snapshot current;

  /// @param matrix by catalogue index; rows at and past `size` are not set yet
  /// @param rows the trained row of each item, which stays, or as of the newest snapshot [#CONTENT]
  ///   or [#NONE]
  /// @param sources documents that content vectors were made of, null for trained rows; for whoever
  ///   extends the newest snapshot
  /// @param lacking whether the item's text is still to be read, as of the newest snapshot
  /// @param version of the catalogue that it reflects
  /// @param bytes the matrix rounded, row by row; null for few items
  /// @param groups the items put together by nearness; null until that was done
  /// @param vectorless which items below `size` have no vector; bits, as a search asks of thousands
  record Snapshot(
      FloatRows matrix,
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

    /// The same, of which the vectors of those items may be written. What else is known of items
    /// stays one for all snapshots: requests ask of it only which items are trained.
    Snapshot apart(BitSet items) {
      return new Snapshot(
          matrix.apart(items),
          rows,
          sources,
          lacking,
          size,
          version,
          bytes == null ? null : bytes.apart(items),
          groups,
          (BitSet) vectorless.clone());
    }

    Snapshot with(@Nullable ItemGroups other) {
      return new Snapshot(matrix, rows, sources, lacking, size, version, bytes, other, vectorless);
    }

    /// Searches over the rows; what has no vector is there too, as zeros.
    VectorIndex index() {
      if (bytes == null) {
        return new ExactIndex(size, matrix);
      }
      return groups == null
          ? new QuantisedIndex(size, bytes, matrix)
          : groups.index(size, bytes, matrix);
    }

    /// After the vector of a row was written.
    private void round(int index) {
      if (bytes != null) {
        bytes.set(index, matrix.block(index), matrix.at(index));
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
    FloatRows none = new FloatRows(vectorSize, 0);
    current =
        new Snapshot(
            none, new int[0], new Item[0], new boolean[0], 0, -1, null, null, new BitSet());
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
    Snapshot next =
        new Snapshot(
            old.matrix,
            old.rows,
            old.sources,
            old.lacking,
            size,
            version,
            old.bytes,
            old.groups,
            (BitSet) old.vectorless.clone());
    for (int index = old.size; index < size; index++) {
      fill(next, index);
    }
    rows.keepAfter(size);
    current = next;
    return next;
  }

  /// The snapshot with the vectors of documents that changed; of the others it is the same.
  private Snapshot renewed(Snapshot old) {
    BitSet changed = changed(old);
    if (changed.isEmpty()) {
      return old;
    }
    Snapshot result = old.apart(changed);
    changed.stream().forEach(index -> project(result, index));
    return result.with(ItemGroups.changed(old.groups, changed));
  }

  /// The untrained items whose documents say something else than their vectors; documents that
  /// changed in other ways are taken note of.
  private BitSet changed(Snapshot old) {
    BitSet changed = new BitSet();
    float[] vector = new float[vectorSize];
    BitSet asked = catalog.changedSince(old.version).orElseGet(() -> firstOnes(old.size));
    for (int index = asked.nextSetBit(0);
        index >= 0 && index < old.size;
        index = asked.nextSetBit(index + 1)) {
      Item now = catalog.at(index);
      if (old.rows[index] >= 0 || Objects.equals(now, old.sources[index])) {
        continue;
      }
      int row = project(now, vector, 0);
      FloatRows matrix = old.matrix;
      int at = matrix.at(index);
      if (row == old.rows[index]
          && (row == NONE
              || Arrays.equals(vector, 0, vectorSize, matrix.block(index), at, at + vectorSize))) {
        old.sources[index] = now;
        old.lacking[index] = lacksText(now);
      } else {
        changed.set(index);
      }
    }
    return changed;
  }

  private static BitSet firstOnes(int items) {
    BitSet all = new BitSet();
    all.set(0, items);
    return all;
  }

  /// Writes what the document of an untrained item says.
  private void project(Snapshot snapshot, int index) {
    Item item = catalog.at(index);
    FloatRows matrix = snapshot.matrix;
    snapshot.sources[index] = item;
    snapshot.rows[index] = project(item, matrix.block(index), matrix.at(index));
    snapshot.vectorless.set(index, snapshot.rows[index] == NONE);
    snapshot.round(index);
    snapshot.lacking[index] = lacksText(item);
  }

  private Snapshot withRoom(Snapshot old, int size) {
    if (size <= old.rows.length) {
      return old;
    }
    int more = Math.min(old.rows.length / 4, MOST_SPARE);
    int capacity = Math.max(size, old.rows.length + more);
    return new Snapshot(
        old.matrix.withCapacity(capacity),
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
      return old.bytes.withCapacity(capacity);
    }
    ByteRows bytes = new ByteRows(vectorSize, capacity);
    for (int index = 0; index < old.size; index++) {
      bytes.set(index, old.matrix.block(index), old.matrix.at(index));
    }
    return bytes;
  }

  private void fill(Snapshot snapshot, int index) {
    int row = rows.of(index);
    if (row >= 0) {
      rows.copy(row, snapshot.matrix.block(index), snapshot.matrix.at(index));
      snapshot.rows[index] = row;
      snapshot.vectorless.clear(index);
      snapshot.round(index);
    } else {
      project(snapshot, index);
    }
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
    BitSet changed = new BitSet();
    for (int i = 0; i < indices.length; i++) {
      // of another document by now, its vector follows from that one
      changed.set(indices[i], Objects.equals(items[i], catalog.at(indices[i])));
    }
    Snapshot next = current.apart(changed);
    int d = vectorSize;
    for (int i = 0; i < indices.length; i++) {
      int index = indices[i];
      if (!changed.get(index)) {
        continue;
      }
      next.matrix.set(index, vectors, i * d);
      next.round(index);
      next.rows[index] = made[i] ? CONTENT : NONE;
      next.vectorless.set(index, !made[i]);
      next.sources[index] = items[i];
      next.lacking[index] = false;
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
    ItemGroups made = ItemGroups.of(before, bytes, queries.get());
    synchronized (this) {
      current = current.with(made.since(before, current));
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
    Optional<ItemGroups> read = GroupsFile.read(file, before, vectorSize);
    synchronized (this) {
      read.ifPresent(groups -> current = current.with(groups.since(before, current)));
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
