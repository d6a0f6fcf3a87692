package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import java.time.Duration;

/// What the shopper looked at, newest first; the strength halves every [#HALF_LIFE].
public record RecentlyViewedSource() implements CandidateSource {
  private static final Duration HALF_LIFE = Duration.ofDays(7);

  @Override
  public Evidence evidence() {
    return Evidence.RECENTLY_VIEWED;
  }

  @Override
  public void retrieve(Query query, int limit, Sink sink) {
    History history = query.profile().history();
    ItemSlots offered = new ItemSlots(history.size());
    int kept = 0;
    for (int i = history.size() - 1; i >= 0 && kept < limit; i--) {
      if (isView(history, i)
          && offered.add(history.item(i))
          && sink.offer(history.item(i), strength(query, history.timeMillis(i)))) {
        kept++;
      }
    }
  }

  @Override
  public float[] measure(Query query, int[] items) {
    History history = query.profile().history();
    ItemSlots viewed = new ItemSlots(history.size());
    long[] newest = new long[history.size()];
    for (int i = history.size() - 1; i >= 0; i--) {
      if (isView(history, i) && viewed.add(history.item(i))) {
        newest[viewed.size() - 1] = history.timeMillis(i);
      }
    }
    return Strengths.positive(
        items,
        item -> {
          int number = viewed.find(item);
          return number < 0 ? 0 : strength(query, newest[number]);
        });
  }

  private static boolean isView(History history, int i) {
    EventKind kind = history.kind(i);
    return history.item(i) >= 0 && (kind == EventKind.DETAIL_PAGE_VIEW || kind == EventKind.CLICK);
  }

  private static float strength(Query query, long timeMillis) {
    long age = Math.max(0, query.now().toEpochMilli() - timeMillis);
    return (float) Math.pow(2, -age / (double) HALF_LIFE.toMillis());
  }
}
