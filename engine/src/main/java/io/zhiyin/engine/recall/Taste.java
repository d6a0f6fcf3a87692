package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.content.ContentIndex;
import io.zhiyin.engine.content.FeatureSums;
import io.zhiyin.engine.content.SparseVector;
import io.zhiyin.engine.profile.History;

/// What some items have in common, as the weighted mean of their content vectors. Made for one
/// request; it may be closed, for its room to be used again, once nobody asks it any more.
public final class Taste implements AutoCloseable {
  private static final int LAST_ITEMS = ItemToItemSettings.DEFAULT.lastItems();
  private static final Decay RECENCY = ItemToItemSettings.DEFAULT.recency();

  private final ContentIndex index;
  private final FeatureSums byFeature;
  private final ItemScores ownWeights;
  private final LastItems speakers;

  Taste(ContentIndex index, Catalog catalog, History seeds) {
    this(index, catalog, seeds, LAST_ITEMS, RECENCY);
  }

  /// @param lastItems how many of the newest items are heard; 1 for the newest alone
  /// @param recency how an item's voice fades
  public Taste(ContentIndex index, Catalog catalog, History seeds, int lastItems, Decay recency) {
    this.index = index;
    speakers = LastItems.of(seeds, KindWeights.RETAIL, lastItems, recency);
    float[] total = {0};
    int[] features = {0};
    speakers.forEach(
        (item, weight) -> {
          total[0] += weight;
          features[0] += index.size(item);
        });
    byFeature = index.sums(features[0]);
    ownWeights = ItemScores.expecting(speakers.size());
    speakers.forEach(
        (item, weight) -> {
          ownWeights.add(item, weight / total[0]);
          index.addTo(byFeature, catalog, item, weight / total[0]);
        });
  }

  /// Who speaks in it, and how loud.
  LastItems speakers() {
    return speakers;
  }

  /// The mean vector; its length is at most 1.
  SparseVector vector() {
    return byFeature.vector();
  }

  /// The weighted mean of the cosines between the seeds and the item, 0 to 1; a seed's likeness to
  /// itself is left out.
  float likeness(Catalog catalog, int item) {
    return likeness(catalog, item, index.dot(byFeature, catalog, item));
  }

  /// The same of several, in less time than one by one.
  public float[] likeness(Catalog catalog, int[] items) {
    float[] likeness = new float[items.length];
    index.dots(byFeature, catalog, items, likeness);
    for (int i = 0; i < items.length; i++) {
      likeness[i] = likeness(catalog, items[i], likeness[i]);
    }
    return likeness;
  }

  /// The same of an item whose cosine with [#vector] is known.
  float likeness(Catalog catalog, int item, float cosine) {
    float own = ownWeights.get(item);
    return own == 0 ? cosine : cosine - own * index.square(catalog, item);
  }

  @Override
  public void close() {
    index.giveBack(byFeature);
  }
}
