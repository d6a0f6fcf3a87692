package io.zhiyin.kernel.nn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The events that a [SequenceEncoder] reads, oldest first: for each an item (a row of the item
/// table, or a vector of its own), an event type, a gap bucket and the time. Reusable; one thread
/// at a time.
public final class EventWindow {
  final int[] rows;
  final float[] @Nullable [] vectors;

  /// Where in its array each vector begins.
  final int[] starts;

  final int[] types;
  final int[] gaps;
  final long[] times;
  private int length;

  public EventWindow(int capacity) {
    rows = new int[capacity];
    vectors = new float[capacity][];
    starts = new int[capacity];
    types = new int[capacity];
    gaps = new int[capacity];
    times = new long[capacity];
  }

  public int length() {
    return length;
  }

  public int capacity() {
    return rows.length;
  }

  /// Takes all events out, and lets go of their vectors.
  public EventWindow clear() {
    Arrays.fill(vectors, 0, length, null);
    length = 0;
    return this;
  }

  /// Appends an event with an item of the table, at the time 0.
  public EventWindow add(int itemRow, int type, int gap) {
    return add(itemRow, type, gap, 0);
  }

  /// Appends an event with an item of the table.
  ///
  /// @param time milliseconds since any fixed moment
  public EventWindow add(int itemRow, int type, int gap, long time) {
    int j = next(type, gap, time);
    rows[j] = itemRow;
    vectors[j] = null;
    return this;
  }

  /// Appends an event with an item whose row of the table lies elsewhere too, as for an encoder
  /// [without its table][SequenceEncoder#withoutItems()]. The array is read until the window is
  /// cleared, and not copied.
  ///
  /// @param itemRow tells the item from all others; no row has another vector at another time
  /// @param vectors holds the vector from `start` on
  /// @param time milliseconds since any fixed moment
  public EventWindow add(int itemRow, float[] vectors, int start, int type, int gap, long time) {
    int j = next(type, gap, time);
    rows[j] = itemRow;
    this.vectors[j] = vectors;
    starts[j] = start;
    return this;
  }

  /// Appends an event with an item that the table does not have, at the time 0; the vector is kept,
  /// not copied.
  public EventWindow add(float[] itemVector, int type, int gap) {
    return add(itemVector, type, gap, 0);
  }

  /// Appends an event with an item that the table does not have; the vector is kept, not copied.
  ///
  /// @param time milliseconds since any fixed moment
  public EventWindow add(float[] itemVector, int type, int gap, long time) {
    int j = next(type, gap, time);
    rows[j] = -1;
    vectors[j] = itemVector;
    starts[j] = 0;
    return this;
  }

  /// How many of the first events are the same in both.
  int common(EventWindow other) {
    int bound = Math.min(length, other.length);
    int j = 0;
    while (j < bound && same(other, j)) {
      j++;
    }
    return j;
  }

  private boolean same(EventWindow other, int j) {
    return rows[j] == other.rows[j]
        && types[j] == other.types[j]
        && gaps[j] == other.gaps[j]
        && times[j] == other.times[j]
        && (rows[j] >= 0 || Arrays.equals(vectors[j], other.vectors[j]));
  }

  /// Becomes the other's events, of which the first `common` are here already, to compare with: of
  /// items with a row that is kept, and not where their vectors lie.
  void follow(EventWindow other, int common) {
    int count = other.length - common;
    System.arraycopy(other.rows, common, rows, common, count);
    for (int j = common; j < other.length; j++) {
      vectors[j] = other.rows[j] >= 0 ? null : other.vectors[j];
    }
    System.arraycopy(other.types, common, types, common, count);
    System.arraycopy(other.gaps, common, gaps, common, count);
    System.arraycopy(other.times, common, times, common, count);
    length = other.length;
  }

  private int next(int type, int gap, long time) {
    if (length == rows.length) {
      throw new IllegalStateException("the window holds at most " + rows.length + " events");
    }
    times[length] = time;
    types[length] = type;
    gaps[length] = gap;
    return length++;
  }
}
