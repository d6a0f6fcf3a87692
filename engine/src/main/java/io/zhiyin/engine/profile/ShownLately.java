package io.zhiyin.engine.profile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.ShopperEvent;
import java.util.Arrays;

/// The last impressions of each shopper, within bounds: [#KEPT] of each, for the last shoppers who
/// were shown something. Impressions are no part of the profile, which is what shoppers did; losing
/// them here only means that something is shown once more.
///
/// Safe for use by many threads.
public final class ShownLately {
  static final int KEPT = 200;
  private static final int SHOPPERS = 100_000;

  private final Vocabulary vocabulary;
  private final Cache<Shopper, ShownItems> kept =
      Caffeine.newBuilder().maximumSize(SHOPPERS).build();

  public ShownLately(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /// Takes in an impression; other events are passed over.
  public void apply(ShopperEvent event) {
    if (event instanceof ShopperEvent.Impression shown) {
      Header header = shown.header();
      if (header.user() != null) {
        add(new Shopper.User(header.user()), shown);
      } else if (header.visitor() != null) {
        add(new Shopper.Visitor(header.visitor()), shown);
      }
    }
  }

  private void add(Shopper shopper, ShopperEvent.Impression shown) {
    int[] items =
        shown.items().stream()
            .map(ItemLine::itemId)
            .mapToInt(vocabulary::indexOf)
            .filter(item -> item >= 0)
            .toArray();
    long time = shown.eventTime().toEpochMilli();
    kept.asMap()
        .merge(shopper, new ShownItems(items, times(items.length, time)), ShownLately::joined);
  }

  private static long[] times(int n, long time) {
    long[] times = new long[n];
    Arrays.fill(times, time);
    return times;
  }

  private static ShownItems joined(ShownItems before, ShownItems after) {
    int old = before.items().length;
    int all = old + after.items().length;
    int[] items = Arrays.copyOf(before.items(), all);
    long[] times = Arrays.copyOf(before.times(), all);
    System.arraycopy(after.items(), 0, items, old, all - old);
    System.arraycopy(after.times(), 0, times, old, all - old);
    int from = Math.max(0, all - KEPT);
    return new ShownItems(
        Arrays.copyOfRange(items, from, all), Arrays.copyOfRange(times, from, all));
  }

  /// What was shown to the shopper.
  public ShownItems of(Shopper shopper) {
    ShownItems shown = kept.getIfPresent(shopper);
    return shown == null ? ShownItems.NONE : shown;
  }

  /// Forgets it, as erasure asks.
  public void forget(Shopper shopper) {
    kept.invalidate(shopper);
  }
}
