package io.zhiyin.engine.model;

import io.zhiyin.engine.model.ItemVectors.Snapshot;
import io.zhiyin.kernel.index.ClusteredIndex;
import io.zhiyin.kernel.index.Clusters;
import io.zhiyin.kernel.index.QuantisedIndex;
import io.zhiyin.kernel.index.VectorIndex;
import io.zhiyin.kernel.vector.ByteRows;
import io.zhiyin.kernel.vector.FloatRows;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The items of a snapshot put together by nearness, and what became of them since.
///
/// @param share of the items that a search reads
/// @param changed items with another vector than when they were grouped; never written to
record ItemGroups(Clusters clusters, double share, BitSet changed) {
  /// The share is chosen so that of so many best so large a part is found; of the best 100 it is
  /// more then.
  static final int K = 400;

  static final double RECALL = 0.98;

  /// Where nearness helps so little that more than this must be read, reading all in order is as
  /// fast.
  private static final double WORTH_IT = 0.35;

  /// Groups are made anew when this share of the items came or changed since.
  private static final double STALE = 0.05;

  /// Groups the items and measures on those queries how much a search must read.
  static ItemGroups of(Snapshot of, ByteRows bytes, List<float[]> queries) {
    Clusters clusters = Clusters.of(of.size(), of.matrix(), of::has);
    double share =
        clusters.shareToRead(new QuantisedIndex(of.size(), bytes, of.matrix()), queries, K, RECALL);
    return new ItemGroups(clusters, share, new BitSet());
  }

  /// Whether searching by groups is less work than going over all items.
  boolean worthIt() {
    return share <= WORTH_IT;
  }

  boolean isStale(int items) {
    return Math.max(0, items - clusters.rows()) + changed.cardinality() > STALE * clusters.rows();
  }

  VectorIndex index(int size, ByteRows bytes, FloatRows matrix) {
    return worthIt()
        ? new ClusteredIndex(clusters, share, K, changed, size, bytes, matrix)
        : new QuantisedIndex(size, bytes, matrix);
  }

  /// With all that differs in `now` from what was grouped, `before`.
  ItemGroups since(Snapshot before, Snapshot now) {
    BitSet differing = new BitSet();
    for (int i = 0; i < before.size(); i++) {
      if (before.has(i) != now.has(i) || !before.matrix().isSame(i, now.matrix())) {
        differing.set(i);
      }
    }
    return with(differing);
  }

  /// With more items that changed.
  static @Nullable ItemGroups changed(@Nullable ItemGroups groups, BitSet more) {
    return groups == null ? null : groups.with(more);
  }

  private ItemGroups with(BitSet more) {
    if (more.isEmpty()) {
      return this;
    }
    BitSet all = (BitSet) changed.clone();
    all.or(more);
    return new ItemGroups(clusters, share, all);
  }

  @Override
  public String toString() {
    return "%,d groups of %,d items; %s of them are read for each list"
        .formatted(
            clusters.groups(),
            clusters.rows(),
            worthIt() ? "%.1f %%".formatted(100 * share) : "all, as nearness says too little,");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return Objects.hash(clusters, share);
  }
}
