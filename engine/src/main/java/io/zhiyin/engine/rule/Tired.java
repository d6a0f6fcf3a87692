package io.zhiyin.engine.rule;

import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.pipeline.Filter;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.ShownItems;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The items that the shopper saw so often lately that the scenario's [Tuning.Fatigue] holds for
/// them. As a filter it keeps them out, where the factor is 0.
///
/// Made for one request.
public final class Tired implements Filter {
  /// The name in traces.
  public static final String NAME = "seen-lately";

  private static final byte VIEW = EventKind.DETAIL_PAGE_VIEW.code();

  private final ItemSlots items = new ItemSlots(0);
  private final double factor;

  /// @param shown what was shown to the shopper
  public Tired(Query query, Tuning.Fatigue fatigue, ShownItems shown) {
    this.factor = fatigue.factor();
    long since = query.now().minus(Duration.ofHours(fatigue.hours())).toEpochMilli();
    Map<Integer, Integer> counts = new HashMap<>();
    if (fatigue.shown() > 0) {
      shown.since(since, item -> count(counts, item, fatigue.shown()));
    }
    counts.clear();
    History history = query.profile().history();
    for (int i = history.size() - 1; i >= 0 && history.timeMillis(i) >= since; i--) {
      if (fatigue.viewed() > 0 && history.kindCode(i) == VIEW && history.item(i) >= 0) {
        count(counts, history.item(i), fatigue.viewed());
      }
    }
  }

  private void count(Map<Integer, Integer> counts, int item, int enough) {
    if (counts.merge(item, 1, Integer::sum) >= enough) {
      items.put(item);
    }
  }

  /// Whether it takes items out, instead of making them less relevant.
  public boolean takesOut() {
    return factor == 0;
  }

  /// Times as relevant as it would be, 0 to 1.
  public double factor(int item) {
    return item >= 0 && items.has(item) ? factor : 1;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean keeps(Query query, int item) {
    return item < 0 || !items.has(item);
  }
}
