package io.zhiyin.learning;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.dataset.ShopData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A shop whose shoppers walk along a ring of items: after item i comes i + 1, now and then any.
public final class SyntheticShop {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private SyntheticShop() {}

  public static ShopData ring(int items, int users, int length, long seed) {
    Catalog catalog = new Catalog();
    for (int i = 0; i < items; i++) {
      put(catalog, "i" + i, "word" + i + " group" + i / 5);
    }
    SplittableRandom random = new SplittableRandom(seed);
    List<History> histories = new ArrayList<>();
    for (int user = 0; user < users; user++) {
      int[] walk = new int[length];
      long[] times = new long[length];
      int at = random.nextInt(items);
      for (int i = 0; i < length; i++) {
        walk[i] = at;
        times[i] = START.toEpochMilli() + i * 60_000L;
        at = random.nextInt(10) == 0 ? random.nextInt(items) : (at + 1) % items;
      }
      histories.add(History.of(EventKind.DETAIL_PAGE_VIEW, walk, times));
    }
    return new ShopData("ring", catalog, histories);
  }

  /// Puts an item with that title.
  public static void put(Catalog catalog, String id, String title) {
    ItemFields fields =
        ItemFields.NONE.overlaidBy(
            new ItemFields(
                title, null, null, null, null, null, null, null, null, null, null, null, null,
                null));
    catalog.apply(
        new CatalogEvent.ItemPut(new EventId("put-" + id), START, new ItemId(id), fields));
  }
}
