package io.zhiyin.engine.recall;

import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;

/// What was bought together with the page's item, the cart, or what this shopper put into carts.
public record BasketSource(BasketIndex index) implements CandidateSource {
  @Override
  public Evidence evidence() {
    return Evidence.BOUGHT_TOGETHER;
  }

  @Override
  public CandidateSource forRequest(Query query) {
    Once<int[]> basket = new Once<>(() -> Seeds.basket(query));
    return new CountedSource(
        evidence(),
        new Once<>(() -> index.score(basket.value())),
        items -> index.because(basket.value(), items),
        index.tables());
  }

  @Override
  public void retrieve(Query query, int limit, Sink sink) {
    index.score(Seeds.basket(query), limit, sink);
  }

  @Override
  public float[] measure(Query query, int[] items) {
    return index.score(Seeds.basket(query)).strengths(items);
  }

  @Override
  public int[] because(Query query, int[] items) {
    return forRequest(query).because(query, items);
  }
}
