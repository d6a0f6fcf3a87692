package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.RankedItems;
import io.zhiyin.engine.catalog.TopItems;
import io.zhiyin.engine.content.ContentIndex;
import io.zhiyin.engine.content.FeatureSums;
import io.zhiyin.engine.content.SparseVector;
import io.zhiyin.engine.profile.History;

/// The plain recommender that learns nothing: counted transitions plus likeness of content, both
/// summed over the shopper's last items. It is the baseline of every table and the ranking of a
/// shop that has no model yet. Immutable.
public final class ItemToItem {
  private final TransitionIndex transitions;
  private final ContentIndex content;
  private final Catalog catalog;
  private final KindWeights kinds;
  private final ItemToItemSettings settings;

  public ItemToItem(TransitionIndex transitions, ContentIndex content, Catalog catalog) {
    this(transitions, content, catalog, KindWeights.RETAIL, ItemToItemSettings.DEFAULT);
  }

  public ItemToItem(
      TransitionIndex transitions,
      ContentIndex content,
      Catalog catalog,
      KindWeights kinds,
      ItemToItemSettings settings) {
    this.transitions = transitions;
    this.content = content;
    this.catalog = catalog;
    this.kinds = kinds;
    this.settings = settings;
  }

  /// Adds the blend's score of every item to `scores`, which is indexed by item; for full rankings.
  public void addAll(History history, float[] scores) {
    addContent(history, (float) settings.contentWeight(), scores);
    transitions.score(history).forEach((item, score) -> scores[item] += score);
  }

  /// Adds the content's part alone, unweighted.
  public void addContent(History history, float[] scores) {
    addContent(history, 1, scores);
  }

  /// Cosines are linear, so the items' vectors are summed first and compared once. An item is no
  /// evidence for itself: its own share is taken out again.
  private void addContent(History history, float weight, float[] scores) {
    FeatureSums sum = new FeatureSums();
    LastItems.forEach(
        history,
        kinds,
        settings.lastItems(),
        settings.recency(),
        (item, recency) -> {
          SparseVector vector = content.vector(catalog, item);
          content.addTo(sum, catalog, item, weight * recency);
          if (item < scores.length) {
            scores[item] -= weight * recency * vector.dot(content.vector(item));
          }
        });
    content.addAll(sum.vector(), scores);
  }

  /// What the shopper's last items are like, as one vector (not of length 1).
  public SparseVector taste(History history) {
    FeatureSums sum = new FeatureSums();
    LastItems.forEach(
        history,
        kinds,
        settings.lastItems(),
        settings.recency(),
        (item, recency) -> content.addTo(sum, catalog, item, recency));
    return sum.vector();
  }

  /// The `k` best items for the shopper, with the items of the history itself among them.
  public RankedItems best(History history, int k) {
    float[] scores = new float[catalog.indexBound()];
    addAll(history, scores);
    TopItems top = new TopItems(k);
    for (int item = 0; item < scores.length; item++) {
      if (scores[item] > 0) {
        top.offer(item, scores[item]);
      }
    }
    return top.ranked();
  }
}
