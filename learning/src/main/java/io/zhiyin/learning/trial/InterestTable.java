package io.zhiyin.learning.trial;

import io.zhiyin.engine.feature.ItemFacts;
import io.zhiyin.engine.model.DenseNetwork;
import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.train.DnnTrainer;
import io.zhiyin.learning.train.TrainingProgress;

/// How much each shopper is interested in each item, between 0 and 1, by the plain network of the
/// article, trained on all that the shop has.
public final class InterestTable {
  private final ItemFacts facts;
  private final DenseNetwork network;

  private InterestTable(ItemFacts facts, DenseNetwork network) {
    this.facts = facts;
    this.network = network;
  }

  /// Trains the network.
  ///
  /// @throws io.zhiyin.learning.train.NothingToLearnException when the shop has no event with an
  ///   item
  public static InterestTable fit(ShopData data, long seed, TrainingProgress.Listener listener) {
    ItemFacts facts = ItemFacts.fit(data.catalog(), data.histories());
    return new InterestTable(
        facts, DenseNetwork.of(new DnnTrainer(seed, listener).train(facts, data.histories())));
  }

  /// The interest of a shopper with that history in every item, by the catalogue's index.
  public float[] of(History history) {
    return network.interests(facts, history);
  }
}
