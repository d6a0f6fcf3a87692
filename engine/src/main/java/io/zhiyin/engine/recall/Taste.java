package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.content.ContentIndex;
import io.zhiyin.engine.content.FeatureSums;
import io.zhiyin.engine.content.SparseVector;
import io.zhiyin.engine.profile.History;

/// What some items have in common, as the weighted mean of their content vectors. Made for one
/// request.
public final class Taste {
  private static final int LAST_ITEMS = ItemToItemSettings.DEFAULT.lastItems();
  private static final Decay RECENCY = ItemToItemSettings.DEFAULT.recency();

  private final ContentIndex index;
  private final FeatureSums byFeature = new FeatureSums();
  private final ItemScores ownWeights = ItemScores.expecting(LAST_ITEMS);

  Taste(ContentIndex index, Catalog catalog, History seeds) {
    this(index, catalog, seeds, LAST_ITEMS, RECENCY);
  }

  /// @param lastItems how many of the newest items are heard; 1 for the newest alone
  /// @param recency how an item's voice fades
  public Taste(ContentIndex index, Catalog catalog, History seeds, int lastItems, Decay recency) {
    this.index = index;
    LastItems last = LastItems.of(seeds, KindWeights.RETAIL, lastItems, recency);
    float[] total = {0};
    last.forEach((item, weight) -> total[0] += weight);
    last.forEach(
        (item, weight) -> {
          ownWeights.add(item, weight / total[0]);
          index.addTo(byFeature, catalog, item, weight / total[0]);
        });
  }

  /// Who speaks in a taste, and how loud.
  static LastItems speakers(History seeds) {
    return LastItems.of(seeds, KindWeights.RETAIL, LAST_ITEMS, RECENCY);
  }

  /// The mean vector; its length is at most 1.
  SparseVector vector() {
    return byFeature.vector();
  }

  /// The weighted mean of the cosines between the seeds and the item, 0 to 1; a seed's likeness to
  /// itself is left out.
  public float likeness(Catalog catalog, int item) {
    float sum = index.dot(byFeature, catalog, item);
    float own = ownWeights.get(item);
    return own == 0 ? sum : sum - own * index.square(catalog, item);
  }

  /// The same of an item whose cosine with [#vector] is known.
  float likeness(Catalog catalog, int item, float cosine) {
    float own = ownWeights.get(item);
    return own == 0 ? cosine : cosine - own * index.square(catalog, item);
  }
}
