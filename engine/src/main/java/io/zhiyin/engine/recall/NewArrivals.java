package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.RankedItems;
import io.zhiyin.engine.pipeline.CandidateSource;
import java.time.Duration;
import java.time.Instant;

/// What the shop published lately: 1 for now, halved every [#HALF_LIFE]. Items that are not
/// published yet are left out. Immutable.
public final class NewArrivals {
  static final Duration HALF_LIFE = Duration.ofDays(14);
  private static final long HALF_LIFE_MILLIS = HALF_LIFE.toMillis();
  private static final long LISTED_MILLIS = 10 * HALF_LIFE_MILLIS;

  private static final double LN_2 = Math.log(2);

  private final RankedList list;

  private NewArrivals(RankedList list) {
    this.list = list;
  }

  public static NewArrivals fit(Catalog catalog, Instant now) {
    float[] strengths = new float[catalog.indexBound()];
    long millis = now.toEpochMilli();
    for (int item = 0; item < strengths.length; item++) {
      strengths[item] = strength(catalog, item, millis);
    }
    return new NewArrivals(new RankedList(strengths));
  }

  /// The strength of an item as the catalogue has it now, 0 to 1; 0 when it is not new.
  ///
  /// @param now milliseconds since 1970
  public static float strength(Catalog catalog, int item, long now) {
    long published = catalog.publishedMillis(item);
    boolean listed = published <= now && now - published <= LISTED_MILLIS;
    return listed ? (float) Math.exp(-LN_2 / HALF_LIFE_MILLIS * (now - published)) : 0;
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
