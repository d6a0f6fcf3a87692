package io.zhiyin.learning.dataset;

import io.zhiyin.learning.dataset.SequenceBatch.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// Cuts sequences into windows and windows into batches, anew in each pass over the data.
///
/// Within shuffled groups windows are sorted by length, so that little is padded; the batches of a
/// group come in random order. Depends on the seed and the pass alone.
public final class Batches {
  private static final int GROUP = 20;

  private final List<TypedSequence> sequences;
  private final int maxLength;
  private final int batchSize;
  private final int gapBuckets;
  private final long seed;

  public Batches(
      List<TypedSequence> sequences, int maxLength, int batchSize, int gapBuckets, long seed) {
    this.sequences = List.copyOf(sequences);
    this.maxLength = maxLength;
    this.batchSize = batchSize;
    this.gapBuckets = gapBuckets;
    this.seed = seed;
  }

  /// The batches of one pass; passes are counted from 0.
  public List<List<Window>> pass(int pass) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003L + pass);
    List<Window> windows = windows(random);
    int[] order = java.util.stream.IntStream.range(0, windows.size()).toArray();
    Shuffle.of(order, random);
    List<List<Window>> batches = new ArrayList<>();
    for (int from = 0; from < order.length; from += batchSize * GROUP) {
      int to = Math.min(order.length, from + batchSize * GROUP);
      List<Window> group = new ArrayList<>(to - from);
      for (int i = from; i < to; i++) {
        group.add(windows.get(order[i]));
      }
      group.sort(Comparator.comparingInt(Window::length));
      batches.addAll(shuffledBatches(group, random));
    }
    return batches;
  }

  /// Share of all targets, by row of the `items` rows.
  public double[] popularity(int items) {
    double[] shares = new double[items];
    double total = 0;
    for (TypedSequence sequence : sequences) {
      for (int target : sequence.targets()) {
        if (target >= 0) {
          shares[target]++;
          total++;
        }
      }
    }
    for (int row = 0; row < items; row++) {
      shares[row] /= Math.max(1, total);
    }
    return shares;
  }

  /// The arrays of one batch.
  public SequenceBatch arrays(List<Window> windows) {
    return SequenceBatch.training(windows, gapBuckets);
  }

  private List<List<Window>> shuffledBatches(List<Window> group, SplittableRandom random) {
    int count = (group.size() + batchSize - 1) / batchSize;
    int[] order = java.util.stream.IntStream.range(0, count).toArray();
    Shuffle.of(order, random);
    List<List<Window>> batches = new ArrayList<>(count);
    for (int batch : order) {
      int from = batch * batchSize;
      batches.add(group.subList(from, Math.min(group.size(), from + batchSize)));
    }
    return batches;
  }

  /// A sequence that is too long is cut into neighbouring windows, at places that differ from pass
  /// to pass.
  private List<Window> windows(SplittableRandom random) {
    List<Window> windows = new ArrayList<>(sequences.size());
    for (TypedSequence sequence : sequences) {
      int n = sequence.size();
      int first = n <= maxLength ? n : 1 + random.nextInt(maxLength);
      for (int from = 0, to = first; from < n; from = to, to = Math.min(n, to + maxLength)) {
        if (sequence.asks(from, to)) {
          windows.add(new Window(sequence, from, to));
        }
      }
    }
    return windows;
  }
}
