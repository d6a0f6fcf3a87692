package io.zhiyin.engine.recall;

import java.util.Arrays;

/// Sums of weights by ordered pair of items, in an open-addressing table without boxes.
///
/// Weights are added in fixed point, so that the sum does not depend on the order of adding. When
/// the table holds `maxPairs` pairs, the lighter half is dropped: memory stays bounded however many
/// events there are, and pairs that keep coming keep their place.
final class PairSums {
  private static final double UNIT = 1 << 24;

  private final int maxPairs;
  private long[] keys = new long[1 << 12];
  private long[] sums = new long[1 << 12];
  private int size;

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
    if (fixed <= 0) {
      return;
    }
    if (4L * size >= 3L * keys.length) {
      makeRoom();
    }
    put(((long) from << 32) | to, fixed);
  }

  private void put(long key, long fixed) {
    int slot = slot(key);
    if (sums[slot] == 0) {
      keys[slot] = key;
      size++;
    }
    sums[slot] += fixed;
  }

  /// Where the key is or may be put; a slot with sum 0 is free.
  private int slot(long key) {
    long h = key * 0x9e3779b97f4a7c15L;
    int mask = keys.length - 1;
    int slot = (int) (h ^ (h >>> 32)) & mask;
    while (sums[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void makeRoom() {
    boolean full = size >= maxPairs;
    long least = full ? median() : 0;
    long[] oldKeys = keys;
    long[] oldSums = sums;
    int capacity = full ? keys.length : keys.length * 2;
    keys = new long[capacity];
    sums = new long[capacity];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldSums[i] > least) {
        put(oldKeys[i], oldSums[i]);
      }
    }
  }

  private long median() {
    long[] present = Arrays.stream(sums).filter(sum -> sum > 0).toArray();
    Arrays.sort(present);
    return present[present.length / 2];
  }

  int size() {
    return size;
  }

  /// The sum of a pair, 0 when it was never added.
  double sum(int from, int to) {
    return sums[slot(((long) from << 32) | to)] / UNIT;
  }

  /// Visits all pairs, in no meaningful order.
  void forEach(Visitor visitor) {
    for (int i = 0; i < keys.length; i++) {
      if (sums[i] != 0) {
        visitor.visit((int) (keys[i] >> 32), (int) keys[i], sums[i] / UNIT);
      }
    }
  }
}
