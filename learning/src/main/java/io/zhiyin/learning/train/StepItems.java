package io.zhiyin.learning.train;

import io.zhiyin.learning.dataset.SequenceBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/// Which items have a row in a step: all of them, or those that were drawn to be ranked, rising,
/// followed by those that are only read.
///
/// @param numbers the items' own rows, or empty when all are there
/// @param ranked how many of them, from the first on, the softmax runs over
/// @param size m
/// @param discounts of those that are ranked, or empty
record StepItems(long[] numbers, int ranked, int size, float[] discounts) {

  static StepItems of(
      int all, List<SequenceBatch> parts, Optional<NegativeSampler> sampler, long seed) {
    if (sampler.isEmpty()) {
      return new StepItems(new long[0], all, all, new float[0]);
    }
    long[] targets = parts.stream().flatMapToLong(part -> LongStream.of(part.targets())).toArray();
    NegativeSampler.Sample drawn = sampler.get().draw(targets, seed);
    long[] rows = drawn.rows();
    long[] onlyRead =
        parts.stream()
            .flatMapToLong(part -> LongStream.of(part.items()))
            .sorted()
            .distinct()
            .filter(item -> Arrays.binarySearch(rows, item) < 0)
            .toArray();
    long[] numbers = Arrays.copyOf(rows, rows.length + onlyRead.length);
    System.arraycopy(onlyRead, 0, numbers, rows.length, onlyRead.length);
    return new StepItems(numbers, rows.length, numbers.length, drawn.logs());
  }

  boolean all() {
    return numbers.length == 0;
  }

  long[] rowNumbers(int from, int to) {
    return Arrays.copyOfRange(numbers, from, to);
  }

  /// The step's rows from `from` to `to` of a table of all items, apart from its graph.
  Tensor rows(Tensor table, int from, int to) {
    try (NoGradGuard _ = new NoGradGuard()) {
      return all()
          ? table.detach().narrow(0, from, to - from)
          : table.index_select(0, AbstractTensor.create(rowNumbers(from, to)));
    }
  }

  /// The same windows with the step's own numbers of items.
  SequenceBatch renumbered(SequenceBatch part) {
    return all() ? part : part.withItems(own(part.items()));
  }

  /// What a part asks, and what share of the step each place has.
  FullSoftmax.Wanted wanted(SequenceBatch part, float totalWeight) {
    float[] shares = part.weights().clone();
    for (int v = 0; v < shares.length; v++) {
      shares[v] /= totalWeight;
    }
    return new FullSoftmax.Wanted(all() ? part.targets() : own(part.targets()), shares, discounts);
  }

  private long[] own(long[] items) {
    long[] own = new long[items.length];
    for (int i = 0; i < items.length; i++) {
      int at = Arrays.binarySearch(numbers, 0, ranked, items[i]);
      own[i] = at >= 0 ? at : Arrays.binarySearch(numbers, ranked, size, items[i]);
    }
    return own;
  }
}
