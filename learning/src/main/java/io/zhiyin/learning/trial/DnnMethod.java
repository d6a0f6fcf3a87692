package io.zhiyin.learning.trial;

import io.zhiyin.engine.feature.ItemFacts;
import io.zhiyin.engine.model.DenseNetwork;
import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.train.DnnTrainer;
import io.zhiyin.learning.train.TrainingOptions;
import io.zhiyin.learning.train.TrainingProgress;
import java.util.List;

/// The plain network of the article.
record DnnMethod(ItemFacts facts, DenseNetwork network) implements Method {

  static DnnMethod fit(
      ShopData data,
      List<History> histories,
      TrainingOptions options,
      TrainingProgress.Listener listener) {
    ItemFacts facts = ItemFacts.fit(data.catalog(), histories);
    return new DnnMethod(
        facts, DenseNetwork.of(new DnnTrainer(options.seed(), listener).train(facts, histories)));
  }

  @Override
  public String name() {
    return "dnn";
  }

  @Override
  public Scores score(Case question) {
    return Scores.of(network.interests(facts, question.before()), question.before());
  }
}
