package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;

/// What the shop published lately: first what came after the fit, then the fitted list.
public record NewSource(NewArrivals arrivals) implements CandidateSource {
  @Override
  public Evidence evidence() {
    return Evidence.NEW;
  }

  @Override
  public void retrieve(Query query, int limit, Sink sink) {
    Catalog catalog = query.catalog();
    int kept = 0;
    for (int item = catalog.indexBound() - 1; item >= arrivals.bound() && kept < limit; item--) {
      float strength = strength(query, item);
      if (strength > 0 && sink.offer(item, strength)) {
        kept++;
      }
    }
    arrivals.offerTo(limit - kept, (item, fitted) -> offer(query, item, sink));
  }

  private static boolean offer(Query query, int item, Sink sink) {
    float strength = strength(query, item);
    return strength > 0 && sink.offer(item, strength);
  }

  @Override
  public float[] measure(Query query, int[] items) {
    return Strengths.positive(items, item -> strength(query, item));
  }

  private static float strength(Query query, int item) {
    Item document = query.catalog().at(item);
    return document == null ? 0 : NewArrivals.strength(document, query.now());
  }
}
