package io.zhiyin.engine.recall;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Sums of weights by ordered pair of items, in open-addressing tables without boxes.
///
/// Weights are added in fixed point, so that the sum does not depend on the order of adding. When
/// `maxPairs` pairs are held, a table that needs room drops its lighter half: memory stays bounded
/// however many events there are, and pairs that keep coming keep their place.
///
/// Pairs lie in many small tables by their first item, and what is added waits in a short list of
/// its table: a table is gone through as a whole while the nearest caches hold it, where in one
/// large table each addition waits for memory.
final class PairSums {
  private static final double UNIT = 1 << 24;
  private static final int PARTS = 128;

  /// The most additions that wait for one table, so that going through it pays.
  private static final int MOST_WAITING = 8192;

  private static final int LEAST_SLOTS = 16;

  private final int maxPairs;
  private final @Nullable Part[] parts = new Part[PARTS];
  private int size;
  private int fromBound;

  PairSums(int maxPairs) {
    this.maxPairs = maxPairs;
  }

  /// Receives each pair with its sum.
  @FunctionalInterface
  interface Visitor {
    void visit(int from, int to, double sum);
  }

  /// @param from not the same as `to`
  void add(int from, int to, double weight) {
    long fixed = Math.round(weight * UNIT);
    if (fixed > 0) {
      fromBound = Math.max(fromBound, from + 1);
      Part part = parts[from & (PARTS - 1)];
      if (part == null) {
        part = new Part();
        parts[from & (PARTS - 1)] = part;
      }
      part.later(key(from, to), fixed);
    }
  }

  private static long key(int from, int to) {
    return (long) from << 32 | to;
  }

  int size() {
    for (Part part : parts) {
      if (part != null) {
        part.addWaiting();
      }
    }
    return size;
  }

  /// One more than the largest first item.
  int fromBound() {
    return fromBound;
  }

  /// The sum of a pair, 0 when it was never added.
  double sum(int from, int to) {
    Part part = parts[from & (PARTS - 1)];
    return part == null ? 0 : part.sum(key(from, to)) / UNIT;
  }

  /// Visits all pairs, in no meaningful order; those of one first item not far from each other.
  void forEach(Visitor visitor) {
    for (Part part : parts) {
      if (part != null) {
        part.forEach(visitor);
      }
    }
  }

  /// The pairs of some first items.
  private final class Part {
    /// Of each slot the key and the sum, beside each other; a sum of 0 makes a slot free.
    private long[] slots = new long[2 * LEAST_SLOTS];

    private int held;

    /// Keys and weights in turns.
    private long[] waiting = new long[2 * LEAST_SLOTS];

    private int waits;

    void later(long key, long fixed) {
      waiting[waits++] = key;
      waiting[waits++] = fixed;
      if (waits == waiting.length) {
        addWaiting();
      }
    }

    void addWaiting() {
      for (int i = 0; i < waits; i += 2) {
        if (8L * held >= 3L * slots.length) {
          makeRoom();
        }
        add(waiting[i], waiting[i + 1]);
      }
      waits = 0;
      if (waiting.length < 2 * MOST_WAITING && 4 * waiting.length < slots.length) {
        waiting = new long[2 * waiting.length];
      }
    }

    private void add(long key, long fixed) {
      int slot = slot(key);
      if (slots[slot + 1] == 0) {
        slots[slot] = key;
        held++;
        size++;
      }
      slots[slot + 1] += fixed;
    }

    /// Where the key is or may be put.
    private int slot(long key) {
      long h = key * 0x9e3779b97f4a7c15L;
      int mask = slots.length - 2;
      int slot = (int) ((h ^ (h >>> 32)) << 1) & mask;
      while (slots[slot + 1] != 0 && slots[slot] != key) {
        slot = (slot + 2) & mask;
      }
      return slot;
    }

    private void makeRoom() {
      boolean full = size >= maxPairs;
      long least = full ? median() : 0;
      long[] before = slots;
      slots = new long[full ? before.length : 2 * before.length];
      size -= held;
      held = 0;
      for (int slot = 0; slot < before.length; slot += 2) {
        if (before[slot + 1] > least) {
          add(before[slot], before[slot + 1]);
        }
      }
    }

    private long median() {
      long[] present = new long[held];
      int n = 0;
      for (int slot = 1; slot < slots.length; slot += 2) {
        if (slots[slot] != 0) {
          present[n++] = slots[slot];
        }
      }
      Arrays.sort(present);
      return present[n / 2];
    }

    long sum(long key) {
      addWaiting();
      return slots[slot(key) + 1];
    }

    void forEach(Visitor visitor) {
      addWaiting();
      for (int slot = 0; slot < slots.length; slot += 2) {
        if (slots[slot + 1] != 0) {
          visitor.visit((int) (slots[slot] >> 32), (int) slots[slot], slots[slot + 1] / UNIT);
        }
      }
    }
  }
}
