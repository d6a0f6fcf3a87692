package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.RankedItems;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.profile.History;
import java.time.Duration;
import java.time.Instant;

/// What rises: an item's sum of the last [#RECENT] against what its sum over the [#BEFORE] before
/// lets expect.
///
/// The strength is `(now - expected) / √(expected + 4)`, about how many standard deviations the
/// rise is; the constant keeps two events on a quiet item from being a trend. Only rises are
/// listed. Immutable; the same for any order of the histories.
public final class Trending {
  static final Duration RECENT = Duration.ofDays(2);
  static final Duration BEFORE = Duration.ofDays(14);
  private static final double SMOOTHING = 4;

  private final RankedList list;

  private Trending(RankedList list) {
    this.list = list;
  }

  public static Trending fit(Iterable<History> histories, Instant now) {
    return fit(histories, now, KindWeights.RETAIL);
  }

  public static Trending fit(Iterable<History> histories, Instant now, KindWeights kinds) {
    long recentFrom = now.minus(RECENT).toEpochMilli();
    long beforeFrom = now.minus(RECENT).minus(BEFORE).toEpochMilli();
    ItemSums recent = new ItemSums();
    ItemSums before = new ItemSums();
    for (History history : histories) {
      for (int i = history.size() - 1; i >= 0 && history.timeMillis(i) >= beforeFrom; i--) {
        boolean counts = history.item(i) >= 0 && history.timeMillis(i) <= now.toEpochMilli();
        if (counts) {
          ItemSums period = history.timeMillis(i) >= recentFrom ? recent : before;
          period.add(history.item(i), kinds.of(history.kindCode(i)));
        }
      }
    }
    return new Trending(new RankedList(rises(recent, before)));
  }

  private static float[] rises(ItemSums recent, ItemSums before) {
    float[] strengths = new float[recent.bound()];
    double share = (double) RECENT.toMillis() / BEFORE.toMillis();
    for (int item = 0; item < strengths.length; item++) {
      double expected = before.sum(item) * share;
      double rise = recent.sum(item) - expected;
      strengths[item] = (float) Math.max(0, rise / Math.sqrt(expected + SMOOTHING));
    }
    return strengths;
  }

  /// How much the item rises; 0 when it does not.
  public float strength(int item) {
    return list.strength(item);
  }

  public RankedItems top(int k) {
    return list.top(k);
  }

  /// Offers items, steepest rise first, until `limit` were kept.
  public void offerTo(int limit, CandidateSource.Sink sink) {
    list.offerTo(limit, sink);
  }

  /// How many items rise.
  public int size() {
    return list.size();
  }
}
