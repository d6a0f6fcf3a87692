package io.zhiyin.learning.trial;

import io.zhiyin.engine.evaluate.Bootstrap;
import io.zhiyin.engine.evaluate.Estimate;
import io.zhiyin.engine.evaluate.Ndcg;
import java.util.Arrays;
import java.util.Map;

/// The cases that are alike in one respect, and how each method did on them.
///
/// @param label the range of numbers or the name of the category; see the constants of [Slices]
/// @param n cases
/// @param figures by the method's name, in the order of reports
public record Slice(Dimension dimension, String label, int n, Map<String, Figures> figures) {

  /// In what respect cases are told apart.
  public enum Dimension {
    /// How many events of the shopper were known.
    ACTIVITY("activity"),
    /// How many events of the right item were fitted.
    ITEM_EVENTS("item-events"),
    /// How many days before the question the right item's first fitted event was.
    ITEM_AGE("item-age-days"),
    /// The right item's category.
    CATEGORY("category");

    private final String wireName;

    Dimension(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /// A method's accuracy on the slice, at the leading cut-off.
  public record Figures(Accuracy masked, Accuracy unmasked) {
    public Accuracy of(View view) {
      return view == View.MASKED ? masked : unmasked;
    }
  }

  /// @param ndcg with a bootstrap interval, or that of recall where no case was hit
  /// @param recall with a Wilson interval
  public record Accuracy(Estimate ndcg, Estimate recall) {

    /// Drawing users again says nothing where none was hit; there the share's interval bounds NDCG,
    /// which is never above it.
    static Accuracy of(int[] ranks, int k, Bootstrap bootstrap) {
      Ndcg metric = new Ndcg(k);
      int hits = (int) Arrays.stream(ranks).filter(rank -> rank < k).count();
      Estimate recall = Estimate.ofShare(hits, ranks.length);
      Estimate ndcg =
          hits == 0
              ? new Estimate(0, recall.ci95(), ranks.length)
              : Estimate.of(Arrays.stream(ranks).mapToDouble(metric::ofRank).toArray(), bootstrap);
      return new Accuracy(ndcg, recall);
    }
  }
}
