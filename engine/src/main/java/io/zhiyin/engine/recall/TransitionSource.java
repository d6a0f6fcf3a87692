package io.zhiyin.engine.recall;

import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;

/// Where shoppers went from the page's item, the cart, or this shopper's last items.
public record TransitionSource(TransitionIndex index) implements CandidateSource {
  @Override
  public Evidence evidence() {
    return Evidence.ITEM_TO_ITEM;
  }

  @Override
  public CandidateSource forRequest(Query query) {
    Once<LastItems> last = new Once<>(() -> index.speakers(Seeds.of(query)));
    return new CountedSource(
        evidence(),
        new Once<>(() -> index.score(last.value())),
        items -> index.because(last.value(), items),
        index.tables());
  }

  @Override
  public void retrieve(Query query, int limit, Sink sink) {
    index.score(Seeds.of(query), limit, sink);
  }

  @Override
  public float[] measure(Query query, int[] items) {
    return index.score(Seeds.of(query)).strengths(items);
  }

  @Override
  public int[] because(Query query, int[] items) {
    return forRequest(query).because(query, items);
  }
}
