package io.zhiyin.engine.catalog;

import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// Which items the last [#KEPT] changes of a catalogue were of, so that what is derived from it
/// need not go over all items to find the one that changed. One thread writes; any thread reads.
final class RecentChanges {
  static final int KEPT = 1 << 12;

  /// By the number of the change, in a ring.
  private final AtomicIntegerArray items = new AtomicIntegerArray(KEPT);

  private volatile long version;

  /// The number of the change after which all are known.
  private volatile long from;

  /// How many changes there were.
  long version() {
    return version;
  }

  /// Begins with a number of changes of which nothing is known.
  void restore(long kept) {
    from = kept;
    version = kept;
  }

  /// Notes a change that is done.
  void add(int item) {
    long next = version + 1;
    items.set(slot(next), item);
    version = next;
  }

  /// The items of the changes after that version, up to now at least; empty where one of them is
  /// not known any more.
  Optional<BitSet> since(long old) {
    BitSet changed = new BitSet();
    long now = version;
    if (old < from || now - old >= KEPT) {
      return Optional.empty();
    }
    for (long change = old + 1; change <= now; change++) {
      changed.set(items.get(slot(change)));
    }
    // the one that is being written now may have taken the place of the oldest
    return version - old < KEPT ? Optional.of(changed) : Optional.empty();
  }

  private static int slot(long change) {
    return (int) (change & (KEPT - 1));
  }
}
