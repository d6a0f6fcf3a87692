package io.zhiyin.learning.dataset;

import io.zhiyin.engine.model.TimeGaps;
import java.util.Arrays;
import java.util.List;

/// Several windows side by side, `[size, length]` row-major, padded at the end to the longest.
///
/// @param items rows of items, 0 where padded
/// @param types rows of event types
/// @param gaps buckets of time
/// @param times milliseconds since 1970, 0 where padded
/// @param asked places `[V]` in the flattened batch where something is asked
/// @param targets the row to be foretold at each, `[V]`
/// @param weights how much each counts, `[V]`
public record SequenceBatch(
    int size,
    int length,
    long[] items,
    long[] types,
    long[] gaps,
    long[] times,
    long[] asked,
    long[] targets,
    float[] weights) {

  /// A part of a sequence that fits a model's window.
  public record Window(TypedSequence sequence, int from, int to) {
    /// The whole of a sequence.
    public static Window of(TypedSequence sequence) {
      return new Window(sequence, 0, sequence.size());
    }

    /// Its events as a sequence of their own.
    public TypedSequence events() {
      return sequence.part(from, to);
    }

    int length() {
      return to - from;
    }
  }

  /// The same with other numbers for the same items.
  public SequenceBatch withItems(long[] others) {
    return new SequenceBatch(size, length, others, types, gaps, times, asked, targets, weights);
  }

  /// The batch that asks everything that the windows ask.
  public static SequenceBatch training(List<Window> windows, int gapBuckets) {
    return of(windows, gapBuckets, false);
  }

  /// The batch that asks once per window, after its last event, in the order of the windows.
  public static SequenceBatch questions(List<Window> windows, int gapBuckets) {
    return of(windows, gapBuckets, true);
  }

  private static SequenceBatch of(List<Window> windows, int gapBuckets, boolean onlyLast) {
    int size = windows.size();
    int length = windows.stream().mapToInt(Window::length).max().orElse(0);
    long[] items = new long[size * length];
    long[] types = new long[size * length];
    long[] gaps = new long[size * length];
    long[] times = new long[size * length];
    long[] asked = new long[size * length];
    long[] targets = new long[size * length];
    float[] weights = new float[size * length];
    int count = 0;
    for (int b = 0; b < size; b++) {
      Window window = windows.get(b);
      TypedSequence sequence = window.sequence();
      for (int j = 0; j < window.length(); j++) {
        int i = window.from() + j;
        int at = b * length + j;
        items[at] = sequence.items()[i];
        types[at] = sequence.types()[i];
        times[at] = sequence.times()[i];
        gaps[at] =
            j == 0 ? 0 : TimeGaps.bucket(sequence.times()[i - 1], sequence.times()[i], gapBuckets);
        if (onlyLast ? i == window.to() - 1 : sequence.targets()[i] >= 0) {
          asked[count] = at;
          targets[count] = sequence.targets()[i];
          weights[count++] = sequence.weights()[i];
        }
      }
    }
    return new SequenceBatch(
        size,
        length,
        items,
        types,
        gaps,
        times,
        Arrays.copyOf(asked, count),
        Arrays.copyOf(targets, count),
        Arrays.copyOf(weights, count));
  }
}
