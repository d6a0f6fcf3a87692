package io.zhiyin.kernel.nn;

import org.jspecify.annotations.Nullable;

/// The events that a [SequenceEncoder] reads, oldest first: for each an item (a row of the item
/// table, or a vector of its own), an event type and a gap bucket. Reusable; one thread at a time.
public final class EventWindow {
  final int[] rows;
  final float[] @Nullable [] vectors;
  final int[] types;
  final int[] gaps;
  private int length;

  public EventWindow(int capacity) {
    rows = new int[capacity];
    vectors = new float[capacity][];
    types = new int[capacity];
    gaps = new int[capacity];
  }

  public int length() {
    return length;
  }

  public int capacity() {
    return rows.length;
  }

  public EventWindow clear() {
    length = 0;
    return this;
  }

  /// Appends an event with an item of the table.
  public EventWindow add(int itemRow, int type, int gap) {
    int j = next(type, gap);
    rows[j] = itemRow;
    vectors[j] = null;
    return this;
  }

  /// Appends an event with an item that the table does not have; the vector is kept, not copied.
  public EventWindow add(float[] itemVector, int type, int gap) {
    int j = next(type, gap);
    rows[j] = -1;
    vectors[j] = itemVector;
    return this;
  }

  private int next(int type, int gap) {
    if (length == rows.length) {
      throw new IllegalStateException("the window holds at most " + rows.length + " events");
    }
    types[length] = type;
    gaps[length] = gap;
    return length++;
  }
}
