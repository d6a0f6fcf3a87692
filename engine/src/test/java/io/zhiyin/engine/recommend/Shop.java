package io.zhiyin.engine.recommend;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.pipeline.ItemCondition;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.engine.profile.Shopper;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A small shop for tests: a real catalogue, filled by folding events, and queries on it.
public final class Shop {
  public static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  private final Catalog catalog = new Catalog();
  private int events;

  public Catalog catalog() {
    return catalog;
  }

  /// Puts an item that was published the given number of days ago.
  public int put(String id, String title, String category, String brand, double price) {
    return put(id, fields(title, category, brand, price, 10));
  }

  public int put(String id, ItemFields fields) {
    catalog.apply(
        new CatalogEvent.ItemPut(nextId(), NOW.minus(Duration.ofDays(30)), new ItemId(id), fields));
    return index(id);
  }

  public void patch(String id, ItemFields fields) {
    catalog.apply(new CatalogEvent.ItemPatch(nextId(), NOW, new ItemId(id), fields));
  }

  public void delete(String id) {
    catalog.apply(new CatalogEvent.ItemDelete(nextId(), NOW, new ItemId(id)));
  }

  public int index(String id) {
    return catalog.vocabulary().indexOf(new ItemId(id));
  }

  private EventId nextId() {
    return new EventId("c" + events++);
  }

  public static ItemFields fields(
      String title, String category, String brand, double price, int stock) {
    return new ItemFields(
        title,
        null,
        List.of(category),
        brand,
        price,
        "CNY",
        stock,
        true,
        "en",
        null,
        List.of(),
        Map.of(),
        null,
        null);
  }

  public static ItemFields stock(int pieces) {
    return patchOf(pieces, null, null, null);
  }

  public static ItemFields hidden() {
    return patchOf(null, false, null, null);
  }

  public static ItemFields publishedAt(Instant time) {
    return patchOf(null, null, time, null);
  }

  public static ItemFields expiringAt(Instant time) {
    return patchOf(null, null, null, time);
  }

  private static ItemFields patchOf(
      Integer stock, Boolean available, Instant publishTime, Instant expireTime) {
    return new ItemFields(
        null,
        null,
        null,
        null,
        null,
        null,
        stock,
        available,
        null,
        null,
        null,
        null,
        publishTime,
        expireTime);
  }

  /// A history of events of one kind, an hour apart, the last one an hour ago.
  public static History history(EventKind kind, int... items) {
    long[] times = new long[items.length];
    Arrays.setAll(times, i -> NOW.minus(Duration.ofHours((long) items.length - i)).toEpochMilli());
    return History.of(kind, items, times);
  }

  public static Profile profile(History history) {
    Shopper shopper = new Shopper.User(new UserId("u1"));
    return new Profile(shopper, history, List.of(), new long[64], List.of(), NOW.toEpochMilli());
  }

  public Query query(String scenario, History history, int n) {
    return new Query(
        ShopId.DEFAULT,
        scenario,
        profile(history),
        catalog,
        -1,
        new int[0],
        n,
        new ItemSlots(0),
        ItemCondition.ANY,
        NOW,
        false);
  }

  public static Query onPage(Query query, int pageItem) {
    return new Query(
        query.shop(),
        query.scenario(),
        query.profile(),
        query.catalog(),
        pageItem,
        query.cart(),
        query.n(),
        query.exclude(),
        query.filter(),
        query.now(),
        query.explain());
  }

  public static Query excluding(Query query, int... items) {
    ItemSlots exclude = new ItemSlots(items.length);
    for (int item : items) {
      exclude.put(item);
    }
    return new Query(
        query.shop(),
        query.scenario(),
        query.profile(),
        query.catalog(),
        query.pageItem(),
        query.cart(),
        query.n(),
        exclude,
        query.filter(),
        query.now(),
        query.explain());
  }

  public static Query where(Query query, ItemCondition filter) {
    return new Query(
        query.shop(),
        query.scenario(),
        query.profile(),
        query.catalog(),
        query.pageItem(),
        query.cart(),
        query.n(),
        query.exclude(),
        filter,
        query.now(),
        query.explain());
  }
}
