package io.zhiyin.kernel.vector;

import java.util.Objects;

/// Collects the k best of a stream of scored rows, best first after [#sort], in no order after
/// [#cut]. Reusable; one thread at a time; allocates only when it is made.
///
/// Of equal scores the lower row is better, so results do not depend on the order of offers. NaN is
/// never taken.
///
/// Offers go to the end of a list with room for several times k; when it is full, the best k are
/// kept by [quickselect](https://doi.org/10.1145/366622.366647) and the worst of them is the new
/// threshold. That costs a few steps an offer, where a heap costs a dozen branches that no
/// processor foresees.
public final class TopK {
  /// Room for offers beyond k, at least.
  private static final int SPARE = 64;

  /// Shorter stretches are sorted by insertion.
  private static final int SHORT = 16;

  private final int capacity;

  /// Score and row as one number, less for better: the score's bits in the upper half so that
  /// larger scores come first, the row in the lower.
  private final long[] keys;

  private int k;
  private int limit;
  private int size;

  /// The worst key that can still be among the best.
  private long worst = Long.MAX_VALUE;

  private float threshold = Float.NEGATIVE_INFINITY;

  /// @param capacity the largest k it will be asked for
  public TopK(int capacity) {
    this.capacity = capacity;
    keys = new long[room(capacity)];
  }

  private static int room(int k) {
    return (int) Math.min(Integer.MAX_VALUE - 8, k + Math.max(SPARE, 2L * k));
  }

  /// The largest k that it can be asked for.
  public int capacity() {
    return capacity;
  }

  /// Empties it and asks for the best `k` from now on.
  public TopK reset(int k) {
    if (k < 0 || k > capacity) {
      throw new IllegalArgumentException(
          "k is " + k + ", but this collector holds 0 to " + capacity);
    }
    this.k = k;
    limit = room(k);
    size = 0;
    worst = k == 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    threshold = k == 0 ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
    return this;
  }

  /// Offers a row, from 0. Not between [#sort] and [#reset].
  public void offer(int row, float score) {
    long key = key(row, score);
    if (key < worst && !Float.isNaN(score)) {
      if (size == limit) {
        keepBest();
        if (key >= worst) {
          return;
        }
      }
      keys[size++] = key;
    }
  }

  /// Whether k rows were taken, so that only those above the threshold need be offered.
  public boolean isFull() {
    return size >= k;
  }

  /// Once full, a row that comes after all others must be above this to be among the best; it rises
  /// from time to time.
  public float threshold() {
    return threshold;
  }

  /// Puts what was collected in order, best first.
  public TopK sort() {
    cut();
    sort(0, size - 1);
    return this;
  }

  /// Keeps the best k alone, in no order, which is less work than to [#sort] them. Nothing is
  /// offered after it until the next [#reset].
  public TopK cut() {
    if (size > k) {
      select(k);
      size = k;
    }
    return this;
  }

  /// How many there are after [#sort] or [#cut]: k, or fewer when fewer were offered.
  public int size() {
    return size;
  }

  public int row(int i) {
    return (int) keys[Objects.checkIndex(i, size)];
  }

  public float score(int i) {
    return score(keys[Objects.checkIndex(i, size)]);
  }

  private void keepBest() {
    select(k);
    size = k;
    worst = keys[0];
    for (int i = 1; i < k; i++) {
      worst = Math.max(worst, keys[i]);
    }
    threshold = score(worst);
  }

  private static long key(int row, float score) {
    int bits = Float.floatToRawIntBits(score + 0f); // + 0 makes one zero of two
    int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    return ((long) ~ascending << 32) | (row & 0xffffffffL);
  }

  private static float score(long key) {
    int ascending = ~(int) (key >> 32);
    return Float.intBitsToFloat(ascending ^ ((ascending >> 31) & Integer.MAX_VALUE));
  }

  /// Brings the least `count` of all keys to the front.
  private void select(int count) {
    int from = 0;
    int to = size - 1;
    while (from < to) {
      int end = partition(from, to);
      if (count <= end) {
        to = end;
      } else {
        from = end + 1;
      }
    }
  }

  private void sort(int first, int last) {
    int from = first;
    int to = last;
    while (to - from >= SHORT) {
      int end = partition(from, to);
      // the shorter side by itself, so that the stack stays low
      if (end - from < to - end) {
        sort(from, end);
        from = end + 1;
      } else {
        sort(end + 1, to);
        to = end;
      }
    }
    for (int i = from + 1; i <= to; i++) {
      long key = keys[i];
      int at = i;
      while (at > from && keys[at - 1] > key) {
        keys[at] = keys[at - 1];
        at--;
      }
      keys[at] = key;
    }
  }

  /// Hoare's: afterwards no key of `[from, end]` is greater than one of `[end + 1, to]`, both not
  /// empty.
  private int partition(int from, int to) {
    long pivot = median(keys[from], keys[(from + to) >>> 1], keys[to]);
    int i = from - 1;
    int j = to + 1;
    while (true) {
      do {
        i++;
      } while (keys[i] < pivot);
      do {
        j--;
      } while (keys[j] > pivot);
      if (i >= j) {
        // the last key as pivot would leave one side empty
        return j == to ? to - 1 : j;
      }
      long key = keys[i];
      keys[i] = keys[j];
      keys[j] = key;
    }
  }

  private static long median(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
