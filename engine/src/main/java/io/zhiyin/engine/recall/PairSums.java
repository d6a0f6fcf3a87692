package io.zhiyin.engine.recall;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Sums of weights by ordered pair of items, in open-addressing tables without boxes.
///
/// Weights are added in fixed point, so that the sum does not depend on the order of adding. Once
/// all tables together have the room that `maxPairs` need, one that is full drops its lighter half:
/// memory stays bounded however many events there are, and pairs that keep coming keep their place.
///
/// Pairs lie in many small tables by their first item, and what is added waits in a short list of
/// its table: a table is gone through as a whole while the nearest caches hold it, where in one
/// large table each addition waits for memory.
///
/// The tables lie outside the collector's heap ([NativeLongs]). For one thread, which closes it.
final class PairSums implements AutoCloseable {
  private static final double UNIT = 1 << 24;

  /// How many tables there are. A first item's is the one of its number modulo this.
  static final int PARTS = 512;

  private static final int PART_BITS = Integer.numberOfTrailingZeros(PARTS);

  /// The most additions that wait for one table, so that going through it pays.
  private static final int MOST_WAITING = 4096;

  private static final int LEAST_SLOTS = 16;

  /// The median of so many sums is that of a whole table, give or take three in a hundred of its
  /// pairs.
  private static final int SAMPLE = 1023;

  /// How many slots all tables may have: a table is at most three quarters full.
  private final long maxSlots;

  private final @Nullable Part[] parts = new Part[PARTS];
  private long allSlots;
  private int fromBound;

  /// @param maxPairs the most that are held; of fewer than twelve for each table, twelve
  PairSums(int maxPairs) {
    maxSlots = 4L * maxPairs / 3;
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
      Part part = parts[part(from)];
      if (part == null) {
        part = new Part();
        allSlots += LEAST_SLOTS;
        parts[part(from)] = part;
      }
      part.later(key(from, to), fixed);
    }
  }

  private static long key(int from, int to) {
    return (long) from << 32 | to;
  }

  int size() {
    return IntStream.range(0, PARTS).map(this::size).sum();
  }

  /// One more than the largest [first item's place][#place] in a part.
  int placeBound() {
    return (fromBound + PARTS - 1) / PARTS;
  }

  /// The number of a first item among those of its part.
  static int place(int from) {
    return from >>> PART_BITS;
  }

  /// The part that a first item's pairs lie in.
  static int part(int from) {
    return from & (PARTS - 1);
  }

  /// The sum of a pair, 0 when it was never added.
  double sum(int from, int to) {
    Part part = parts[part(from)];
    return part == null ? 0 : part.sum(key(from, to)) / UNIT;
  }

  /// Visits the pairs of a part, in no meaningful order.
  void forEach(int part, Visitor visitor) {
    Part visited = parts[part];
    if (visited != null) {
      visited.forEach(visitor);
    }
  }

  /// How many pairs the part has.
  int size(int part) {
    Part counted = parts[part];
    return counted == null ? 0 : counted.size();
  }

  /// Forgets the pairs of a part and gives back their memory.
  void drop(int part) {
    Part dropped = parts[part];
    if (dropped != null) {
      allSlots -= dropped.slots.length() / 2;
      parts[part] = null;
      dropped.slots.close();
      dropped.waiting.close();
    }
  }

  /// Forgets all pairs.
  @Override
  public void close() {
    IntStream.range(0, PARTS).forEach(this::drop);
  }

  /// The pairs of some first items.
  private final class Part {
    /// Of each slot the key and the sum, beside each other; a sum of 0 makes a slot free.
    private NativeLongs slots = new NativeLongs(2 * LEAST_SLOTS);

    private int held;

    /// Keys and weights in turns.
    private NativeLongs waiting = new NativeLongs(2 * LEAST_SLOTS);

    private int waits;

    void later(long key, long fixed) {
      waiting.set(waits++, key);
      waiting.set(waits++, fixed);
      if (waits == waiting.length()) {
        addWaiting();
      }
    }

    void addWaiting() {
      for (int i = 0; i < waits; i += 2) {
        if (8L * held >= 3L * slots.length()) {
          makeRoom();
        }
        add(waiting.get(i), waiting.get(i + 1));
      }
      waits = 0;
      int length = waiting.length();
      if (length < 2 * MOST_WAITING && 4 * length < slots.length()) {
        NativeLongs longer = new NativeLongs(2 * length);
        waiting.close();
        waiting = longer;
      }
    }

    private void add(long key, long fixed) {
      int slot = slot(key);
      long sum = slots.get(slot + 1);
      if (sum == 0) {
        slots.set(slot, key);
        held++;
      }
      slots.set(slot + 1, sum + fixed);
    }

    /// Where the search for the key begins.
    private int home(long key) {
      long h = key * 0x9e3779b97f4a7c15L;
      return (int) ((h ^ (h >>> 32)) << 1) & (slots.length() - 2);
    }

    /// Where the key is or may be put.
    private int slot(long key) {
      int mask = slots.length() - 2;
      int slot = home(key);
      while (slots.get(slot + 1) != 0 && slots.get(slot) != key) {
        slot = (slot + 2) & mask;
      }
      return slot;
    }

    private void makeRoom() {
      int length = slots.length();
      boolean full = allSlots + length / 2 > maxSlots;
      long least = full ? median() : 0;
      // first the new one: where there is no memory for it, what is here stays whole and is closed
      // once
      NativeLongs larger = new NativeLongs(full ? length : 2 * length);
      try (NativeLongs before = slots) {
        slots = larger;
        allSlots += (slots.length() - length) / 2;
        held = 0;
        for (int slot = 0; slot < length; slot += 2) {
          long sum = before.get(slot + 1);
          if (sum > least) {
            add(before.get(slot), sum);
          }
        }
      }
    }

    /// Of a sample: keys lie in the table by their hashes, so that the first ones tell of all.
    private long median() {
      long[] sample = new long[Math.min(held, SAMPLE)];
      int n = 0;
      for (int slot = 1; n < sample.length; slot += 2) {
        long sum = slots.get(slot);
        if (sum != 0) {
          sample[n++] = sum;
        }
      }
      Arrays.sort(sample);
      return sample[n / 2];
    }

    int size() {
      addWaiting();
      return held;
    }

    long sum(long key) {
      addWaiting();
      return slots.get(slot(key) + 1);
    }

    void forEach(Visitor visitor) {
      addWaiting();
      NativeLongs table = slots;
      int count = table.length() / 2;
      // by ones: what C2 expects before a loop by twos (profile_predicate in the JIT's log) does
      // not hold, and it compiled that loop anew for table after table, half a core for seconds
      for (int i = 0; i < count; i++) {
        long sum = table.get(2 * i + 1);
        if (sum != 0) {
          long key = table.get(2 * i);
          visitor.visit((int) (key >> 32), (int) key, sum / UNIT);
        }
      }
    }
  }
}
