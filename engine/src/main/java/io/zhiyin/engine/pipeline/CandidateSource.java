package io.zhiyin.engine.pipeline;

import io.zhiyin.engine.catalog.Vocabulary;
import java.util.Arrays;

/// Proposes items for a query. Knows nothing of the other stages.
public interface CandidateSource {
  /// The kind of evidence it retrieves by.
  Evidence evidence();

  /// This source for one query alone: what [#retrieve], [#measure] and [#because] have in common is
  /// computed once. They are then asked with that same query, each by one thread at a time or by
  /// several.
  default CandidateSource forRequest(Query query) {
    return this;
  }

  /// Offers up to about `limit` items, best first, to `sink`. Filters are applied by the sink, so a
  /// source may go on until `sink` has had enough.
  void retrieve(Query query, int limit, Sink sink);

  /// Says how strongly this source's evidence speaks for given items, whichever source found them,
  /// in the same measure as [#retrieve] offers. Nothing, unless the source says more.
  ///
  /// @return one strength an item, NaN where there is no evidence; a new array, which is the
  ///   caller's
  default float[] measure(Query query, int[] items) {
    float[] nothing = new float[items.length];
    Arrays.fill(nothing, Float.NaN);
    return nothing;
  }

  /// Of each of the items, which are different ones, the item of the shopper, page or cart that
  /// speaks loudest for it, or [Vocabulary#UNKNOWN] where none does or this kind of evidence does
  /// not come from single items.
  default int[] because(Query query, int[] items) {
    int[] nobody = new int[items.length];
    Arrays.fill(nobody, Vocabulary.UNKNOWN);
    return nobody;
  }

  /// Gives back the room that was taken for the query; nobody asks this source any more. Not called
  /// where somebody may still be asking, such as a part of a stage that was left behind.
  default void giveBack() {}

  /// Where proposals go.
  @FunctionalInterface
  interface Sink {
    /// @param item the item's index
    /// @param strength the source's own measure, larger is better
    /// @return whether the item passed the filters, so that a source can count what it kept
    boolean offer(int item, float strength);
  }
}
