package io.zhiyin.engine.profile;

import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.ShopperEvent;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How often each item was shown and clicked, of all shoppers together. Safe for use by many
/// threads.
public final class Responses {
  private final Vocabulary vocabulary;
  private final ConcurrentHashMap<Integer, Count> counts = new ConcurrentHashMap<>();
  private final LongAdder impressions = new LongAdder();
  private final LongAdder clicks = new LongAdder();

  /// Of one item.
  public record Count(long impressions, long clicks) {
    /// Never shown.
    public static final Count NONE = new Count(0, 0);
  }

  public Responses(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /// Takes in an impression or a click; other events are passed over.
  public void apply(ShopperEvent event) {
    if (event instanceof ShopperEvent.Impression shown) {
      shown.items().forEach(line -> add(line, 1, 0));
    } else if (event instanceof ShopperEvent.Click click) {
      click.items().forEach(line -> add(line, 0, 1));
    }
  }

  private void add(ItemLine line, int shown, int clicked) {
    int item = vocabulary.indexOf(line.itemId());
    if (item >= 0) {
      counts.merge(
          item,
          new Count(shown, clicked),
          (a, b) -> new Count(a.impressions + b.impressions, a.clicks + b.clicks));
      impressions.add(shown);
      clicks.add(clicked);
    }
  }

  public Count of(int item) {
    return counts.getOrDefault(item, Count.NONE);
  }

  /// Of all items together.
  public Count total() {
    return new Count(impressions.sum(), clicks.sum());
  }
}
