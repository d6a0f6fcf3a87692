package io.zhiyin.learning.trial;

import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.dataset.Case;

/// A fitted way to rank the whole catalogue for a shopper. Any number of threads may ask.
interface Method {
  /// The name in tables and JSON, as in `item-to-item`.
  String name();

  /// Scores of all items for the shopper as of the case's moment.
  Scores score(Case question);

  /// Scores by item index, larger is better; negative infinity for what is not ranked.
  ///
  /// @param all every item ranked
  /// @param withoutOwn the items of the shopper's own history left out
  record Scores(float[] all, float[] withoutOwn) {
    /// The same scores, own items struck out for the second view.
    static Scores of(float[] all, History own) {
      float[] withoutOwn = all.clone();
      for (int i = 0; i < own.size(); i++) {
        int item = own.item(i);
        if (item >= 0 && item < withoutOwn.length) {
          withoutOwn[item] = Float.NEGATIVE_INFINITY;
        }
      }
      return new Scores(all, withoutOwn);
    }
  }
}
