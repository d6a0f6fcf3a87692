package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.catalog.RankedItems;
import io.zhiyin.engine.pipeline.CandidateSource;
import java.time.Duration;
import java.time.Instant;

/// What the shop published lately: 1 for now, halved every [#HALF_LIFE]. Items that are not
/// published yet are left out. Immutable.
public final class NewArrivals {
  static final Duration HALF_LIFE = Duration.ofDays(14);
  private static final Duration LISTED = HALF_LIFE.multipliedBy(10);

  private final RankedList list;

  private NewArrivals(RankedList list) {
    this.list = list;
  }

  public static NewArrivals fit(Catalog catalog, Instant now) {
    float[] strengths = new float[catalog.indexBound()];
    for (int index = 0; index < strengths.length; index++) {
      Item item = catalog.at(index);
      strengths[index] = item == null ? 0 : strength(item, now);
    }
    return new NewArrivals(new RankedList(strengths));
  }

  /// The strength of an item as of `now`, for one that came after the fit.
  public static float strength(Item item, Instant now) {
    long age = now.toEpochMilli() - item.publishedMillis();
    boolean listed = age >= 0 && age <= LISTED.toMillis();
    return listed ? (float) Math.pow(2, -age / (double) HALF_LIFE.toMillis()) : 0;
  }

  /// The strength as of the fit; 0 when it is not new.
  public float strength(int item) {
    return list.strength(item);
  }

  public RankedItems top(int k) {
    return list.top(k);
  }

  /// Offers items, newest first, until `limit` were kept.
  public void offerTo(int limit, CandidateSource.Sink sink) {
    list.offerTo(limit, sink);
  }

  /// One more than the largest item index at the time of the fit.
  public int bound() {
    return list.bound();
  }

  /// How many items are new.
  public int size() {
    return list.size();
  }
}
