package io.zhiyin.kernel.vector;

import java.util.Objects;

/// Collects the k best of a stream of scored rows, best first after [#sort]. Reusable; one thread
/// at a time; allocates only when it is made.
///
/// Of equal scores the lower row is better, so results do not depend on the order of offers. NaN is
/// never taken.
public final class TopK {
  private final float[] scores;
  private final int[] rows;
  private int k;
  private int size;

  /// @param capacity the largest k it will be asked for
  public TopK(int capacity) {
    scores = new float[capacity];
    rows = new int[capacity];
  }

  /// Empties it and asks for the best `k` from now on.
  public TopK reset(int k) {
    if (k < 0 || k > scores.length) {
      throw new IllegalArgumentException(
          "k is " + k + ", but this collector holds 0 to " + scores.length);
    }
    this.k = k;
    size = 0;
    return this;
  }

  /// Offers a row. Not between [#sort] and [#reset].
  public void offer(int row, float score) {
    if (Float.isNaN(score)) {
      return;
    }
    if (size < k) {
      rise(size++, row, score);
    } else if (k > 0 && worse(scores[0], rows[0], score, row)) {
      sink(0, size, row, score);
    }
  }

  public boolean isFull() {
    return size == k;
  }

  /// Once full, a later row must be above this to be taken.
  public float threshold() {
    return size < k ? Float.NEGATIVE_INFINITY : k == 0 ? Float.POSITIVE_INFINITY : scores[0];
  }

  /// Puts what was collected in order, best first.
  public TopK sort() {
    for (int end = size - 1; end > 0; end--) {
      float score = scores[end];
      int row = rows[end];
      scores[end] = scores[0];
      rows[end] = rows[0];
      sink(0, end, row, score);
    }
    return this;
  }

  /// How many there are: k, or fewer when fewer were offered.
  public int size() {
    return size;
  }

  public int row(int i) {
    return rows[Objects.checkIndex(i, size)];
  }

  public float score(int i) {
    return scores[Objects.checkIndex(i, size)];
  }

  private static boolean worse(float score, int row, float otherScore, int otherRow) {
    return score < otherScore || (score == otherScore && row > otherRow);
  }

  /// The heap's root is the worst; each parent is worse than its children.
  private void rise(int from, int row, float score) {
    int at = from;
    while (at > 0) {
      int parent = (at - 1) / 2;
      if (!worse(score, row, scores[parent], rows[parent])) {
        break;
      }
      place(at, rows[parent], scores[parent]);
      at = parent;
    }
    place(at, row, score);
  }

  private void sink(int from, int end, int row, float score) {
    int at = from;
    while (true) {
      int child = 2 * at + 1;
      if (child >= end) {
        break;
      }
      if (child + 1 < end
          && worse(scores[child + 1], rows[child + 1], scores[child], rows[child])) {
        child++;
      }
      if (!worse(scores[child], rows[child], score, row)) {
        break;
      }
      place(at, rows[child], scores[child]);
      at = child;
    }
    place(at, row, score);
  }

  private void place(int at, int row, float score) {
    rows[at] = row;
    scores[at] = score;
  }
}
