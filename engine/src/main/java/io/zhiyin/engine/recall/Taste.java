package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.content.ContentIndex;
import io.zhiyin.engine.content.SparseVector;
import io.zhiyin.engine.profile.History;

/// What some items have in common, as the weighted mean of their content vectors. Made for one
/// request.
public final class Taste {
  private static final int LAST_ITEMS = ItemToItemSettings.DEFAULT.lastItems();
  private static final Decay RECENCY = ItemToItemSettings.DEFAULT.recency();

  private final ContentIndex index;
  private final ItemScores byFeature = new ItemScores();
  private final ItemScores ownWeights = new ItemScores();

  Taste(ContentIndex index, Catalog catalog, History seeds) {
    this(index, catalog, seeds, LAST_ITEMS, RECENCY);
  }

  /// @param lastItems how many of the newest items are heard; 1 for the newest alone
  /// @param recency how an item's voice fades
  public Taste(ContentIndex index, Catalog catalog, History seeds, int lastItems, Decay recency) {
    this.index = index;
    float[] total = {0};
    LastItems.forEach(
        seeds, KindWeights.RETAIL, lastItems, recency, (item, weight) -> total[0] += weight);
    LastItems.forEach(
        seeds,
        KindWeights.RETAIL,
        lastItems,
        recency,
        (item, weight) -> {
          SparseVector vector = index.vector(catalog, item);
          ownWeights.add(item, weight / total[0]);
          for (int i = 0; i < vector.size(); i++) {
            byFeature.add(vector.rows()[i], weight / total[0] * vector.weights()[i]);
          }
        });
  }

  static void forEach(History seeds, LastItems.Visitor visitor) {
    LastItems.forEach(seeds, KindWeights.RETAIL, LAST_ITEMS, RECENCY, visitor);
  }

  /// The mean vector; its length is at most 1.
  SparseVector vector() {
    return byFeature.asVector();
  }

  /// The weighted mean of the cosines between the seeds and the item, 0 to 1; a seed's likeness to
  /// itself is left out.
  public float likeness(Catalog catalog, int item) {
    SparseVector vector = index.vector(catalog, item);
    float sum = 0;
    for (int i = 0; i < vector.size(); i++) {
      sum += vector.weights()[i] * byFeature.get(vector.rows()[i]);
    }
    float own = ownWeights.get(item);
    return own == 0 ? sum : sum - own * vector.dot(vector);
  }

  /// The same of an item whose cosine with [#vector] is known.
  float likeness(Catalog catalog, int item, float cosine) {
    float own = ownWeights.get(item);
    if (own == 0) {
      return cosine;
    }
    SparseVector vector = index.vector(catalog, item);
    return cosine - own * vector.dot(vector);
  }
}
