package io.zhiyin.engine.recall;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.recommend.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What was viewed lately")
class RecentlyViewedSourceTest {
  private static final long WEEK = Duration.ofDays(7).toMillis();

  private final RecentlyViewedSource source = new RecentlyViewedSource();
  private final Query query = new Shop().query("recently-viewed", history(), 10);

  /// Item 1 viewed two weeks ago and a week ago, 2 clicked now, 3 favoured, an unknown one viewed.
  private static History history() {
    long now = Shop.NOW.toEpochMilli();
    return History.EMPTY
        .plus(EventKind.DETAIL_PAGE_VIEW, 1, now - 2 * WEEK)
        .plus(EventKind.DETAIL_PAGE_VIEW, 1, now - WEEK)
        .plus(EventKind.ADD_TO_FAVORITES, 3, now)
        .plus(EventKind.DETAIL_PAGE_VIEW, -1, now)
        .plus(EventKind.CLICK, 2, now);
  }

  @Test
  @DisplayName("is offered once each, newest first")
  void offered() {
    List<Integer> items = new ArrayList<>();
    source.retrieve(query, 10, (item, _) -> items.add(item));
    assertEquals(List.of(2, 1), items);
  }

  @Test
  @DisplayName("counts by the newest view, half as much after a week; nothing else counts")
  void measured() {
    float[] strengths = source.measure(query, new int[] {0, 1, 2, 3, 1});
    assertArrayEquals(new float[] {Float.NaN, 0.5f, 1, Float.NaN, 0.5f}, strengths, 1e-6f);
  }
}
