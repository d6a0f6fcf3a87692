package io.zhiyin.engine.rule;

import io.zhiyin.engine.catalog.Item;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Remembers which rules an item matches, as bits. An entry holds for one version of the item: the
/// catalogue makes a new [Item] with each change, so the same object means the same answer.
sealed interface Verdicts {
  /// @param item the document as it is now, or null
  /// @param clock entries of another value are stale; the same for all while no rule reads the
  ///   clock
  long[] of(int index, @Nullable Item item, long clock, Supplier<long[]> evaluation);

  /// One entry; its fields are final, so that threads may pass it on without a lock.
  record Entry(@Nullable Item item, long clock, long[] bits) {
    /// The same object, for the catalogue makes a new one with each change.
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(@Nullable Item now, long time) {
      return item == now && clock == time;
    }
  }

  /// For the rules of a shop: an array by item index, shared by all requests, so that a request
  /// pays one look into it an item. About 60 bytes an item that was looked at.
  ///
  /// An entry that is lost because two threads write is evaluated once more, nothing worse.
  final class Shared implements Verdicts {
    private volatile @Nullable Entry[] entries = new Entry[0];

    @Override
    public long[] of(int index, @Nullable Item item, long clock, Supplier<long[]> evaluation) {
      @Nullable Entry[] known = entries;
      Entry entry = index < known.length ? known[index] : null;
      if (entry == null || !entry.isOf(item, clock)) {
        entry = new Entry(item, clock, evaluation.get());
        roomFor(index)[index] = entry;
      }
      return entry.bits();
    }

    private @Nullable Entry[] roomFor(int index) {
      @Nullable Entry[] known = entries;
      if (index < known.length) {
        return known;
      }
      synchronized (this) {
        if (index >= entries.length) {
          entries = Arrays.copyOf(entries, Math.max(index + 1, entries.length * 3 / 2 + 64));
        }
        return entries;
      }
    }
  }

  /// For the rules that one request brings along: only the items that it meets.
  final class OfRequest implements Verdicts {
    private final ConcurrentHashMap<Integer, Entry> entries = new ConcurrentHashMap<>();

    @Override
    public long[] of(int index, @Nullable Item item, long clock, Supplier<long[]> evaluation) {
      Entry entry = entries.get(index);
      if (entry == null || !entry.isOf(item, clock)) {
        entry = new Entry(item, clock, evaluation.get());
        entries.put(index, entry);
      }
      return entry.bits();
    }
  }
}
