package io.zhiyin.engine;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import java.time.Instant;

/// Items of which nothing but a title is given.
public final class Titles {
  private Titles() {}

  public static void put(Catalog catalog, ItemId item, String title) {
    ItemFields fields =
        new ItemFields(
            title, null, null, null, null, null, null, null, null, null, null, null, null, null);
    EventId event = new EventId("put-" + item.value());
    catalog.apply(new CatalogEvent.ItemPut(event, Instant.EPOCH, item, fields));
  }
}
