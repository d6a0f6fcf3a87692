package io.zhiyin.engine.recall;

import io.zhiyin.engine.model.Repeats;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.profile.MetItems;
import java.util.stream.IntStream;

/// Puts the items that a shopper has met where they belong among the best of a search that knows no
/// shopper: each comes once, with its logit as [Repeats] changes it.
final class MetAmongBest implements CandidateSource.Sink {
  private final CandidateSource.Sink sink;
  private final int limit;
  private final MetItems met;
  private final int[] items;
  private final float[] logits;
  private int next;
  private int kept;

  /// Scores of one shopper.
  @FunctionalInterface
  interface Logits {
    /// NaN for an item without one.
    float of(int item);
  }

  MetAmongBest(
      CandidateSource.Sink sink, int limit, MetItems met, Repeats repeats, Logits logitOf) {
    this.sink = sink;
    this.limit = limit;
    this.met = met;
    float[] changed = new float[met.size()];
    for (int number = 0; number < changed.length; number++) {
      changed[number] = logitOf.of(met.item(number)) + repeats.of(met, number);
    }
    int[] order =
        IntStream.range(0, changed.length)
            .filter(number -> !Float.isNaN(changed[number]))
            .boxed()
            .sorted((a, b) -> Float.compare(changed[b], changed[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    items = new int[order.length];
    logits = new float[order.length];
    for (int i = 0; i < order.length; i++) {
      items[i] = met.item(order[i]);
      logits[i] = changed[order[i]];
    }
  }

  /// An item that the search found, and before it all met items that stand above it.
  ///
  /// @return true where enough was kept, so that the search ends
  @Override
  public boolean offer(int item, float logit) {
    offerMet(logit);
    if (kept >= limit) {
      return true;
    }
    if (met.contains(item) || !sink.offer(item, logit)) {
      return false;
    }
    kept++;
    return true;
  }

  /// The met items with at least this logit that were not offered yet.
  void offerMet(float least) {
    while (next < items.length && kept < limit && logits[next] >= least) {
      kept += sink.offer(items[next], logits[next]) ? 1 : 0;
      next++;
    }
  }
}
