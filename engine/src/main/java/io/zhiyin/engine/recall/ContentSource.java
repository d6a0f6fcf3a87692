package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.RankedItems;
import io.zhiyin.engine.catalog.TopItems;
import io.zhiyin.engine.content.ContentIndex;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;

/// What says the same as the page's item, the cart, or this shopper's last items: the mean of the
/// cosines, the newest item's counting most. An item is no evidence for itself.
public record ContentSource(ContentIndex index) implements CandidateSource {
  /// The most items after the fit that a request compares, the newest.
  private static final int MOST_LATE = 500;

  /// They take at most one place in so many.
  private static final int LATE_SHARE = 4;

  @Override
  public Evidence evidence() {
    return Evidence.CONTENT;
  }

  @Override
  public CandidateSource forRequest(Query query) {
    return new Asked(new Once<>(() -> new Taste(index, query.catalog(), Seeds.of(query))));
  }

  @Override
  public void retrieve(Query query, int limit, Sink sink) {
    forRequest(query).retrieve(query, limit, sink);
  }

  @Override
  public float[] measure(Query query, int[] items) {
    return forRequest(query).measure(query, items);
  }

  @Override
  public int[] because(Query query, int[] items) {
    return forRequest(query).because(query, items);
  }

  private int[] loudest(Catalog catalog, int[] items, LastItems speakers) {
    Loudest loudest = new Loudest(items.length);
    int[] seeds = speakers.items();
    float[] cosines = new float[seeds.length];
    for (int i = 0; i < items.length; i++) {
      index.dots(index.vector(catalog, items[i]), catalog, seeds, cosines);
      for (int s = 0; s < seeds.length; s++) {
        if (seeds[s] != items[i]) {
          loudest.hear(i, seeds[s], speakers.weight(s) * cosines[s]);
        }
      }
    }
    return loudest.speakers();
  }

  /// With what the seeds have in common, computed once a request.
  private final class Asked implements CandidateSource {
    private final Once<Taste> taste;

    Asked(Once<Taste> taste) {
      this.taste = taste;
    }

    @Override
    public Evidence evidence() {
      return Evidence.CONTENT;
    }

    @Override
    public void retrieve(Query query, int limit, Sink sink) {
      Taste common = taste.value();
      int asked = Math.min(limit + limit / 2 + 50, query.catalog().indexBound());
      int offered = 0;
      int kept = offerLate(query, limit, sink);
      while (kept < limit && offered < asked) {
        RankedItems found = index.similar(common.vector(), asked);
        for (int i = offered; i < found.size() && kept < limit; i++) {
          float strength = common.likeness(query.catalog(), found.item(i), found.strength(i));
          if (strength > 0 && sink.offer(found.item(i), strength)) {
            kept++;
          }
        }
        offered = asked;
        asked = found.size() < asked ? asked : Math.min(4 * asked, query.catalog().indexBound());
      }
    }

    /// What came after the fit is in no index yet, and is compared item by item.
    ///
    /// @return how many were taken
    private int offerLate(Query query, int limit, Sink sink) {
      int end = query.catalog().indexBound();
      int first = Math.max(index.bound(), end - MOST_LATE);
      if (first >= end) {
        return 0;
      }
      TopItems best = new TopItems(Math.max(1, limit / LATE_SHARE));
      for (int item = first; item < end; item++) {
        float strength = taste.value().likeness(query.catalog(), item);
        if (strength > 0) {
          best.offer(item, strength);
        }
      }
      RankedItems found = best.ranked();
      int kept = 0;
      for (int i = 0; i < found.size(); i++) {
        kept += sink.offer(found.item(i), found.strength(i)) ? 1 : 0;
      }
      return kept;
    }

    @Override
    public float[] measure(Query query, int[] items) {
      return Strengths.positive(taste.value().likeness(query.catalog(), items));
    }

    @Override
    public int[] because(Query query, int[] items) {
      return loudest(query.catalog(), items, taste.value().speakers());
    }

    @Override
    public void giveBack() {
      taste.forget(Taste::close);
    }
  }
}
