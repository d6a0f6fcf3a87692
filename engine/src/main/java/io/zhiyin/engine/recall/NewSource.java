package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.Catalog;
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
    long now = query.now().toEpochMilli();
    int kept = 0;
    for (int item = catalog.indexBound() - 1; item >= arrivals.bound() && kept < limit; item--) {
      kept += offer(catalog, item, now, sink) ? 1 : 0;
    }
    arrivals.offerTo(limit - kept, (item, fitted) -> offer(catalog, item, now, sink));
  }

  private static boolean offer(Catalog catalog, int item, long now, Sink sink) {
    float strength = NewArrivals.strength(catalog, item, now);
    return strength > 0 && sink.offer(item, strength);
  }

  @Override
  public float[] measure(Query query, int[] items) {
    Catalog catalog = query.catalog();
    long now = query.now().toEpochMilli();
    return Strengths.positive(items, item -> NewArrivals.strength(catalog, item, now));
  }
}
