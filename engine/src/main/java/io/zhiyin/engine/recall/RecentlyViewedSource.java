package io.zhiyin.engine.recall;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

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
    Set<Integer> offered = new HashSet<>();
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
    return Strengths.positive(items, item -> lastView(query, item));
  }

  private static float lastView(Query query, int item) {
    History history = query.profile().history();
    for (int i = history.size() - 1; i >= 0; i--) {
      if (history.item(i) == item && isView(history, i)) {
        return strength(query, history.timeMillis(i));
      }
    }
    return 0;
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
