package io.zhiyin.engine.recall;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.content.ContentIndex;
import io.zhiyin.engine.profile.History;
import java.time.Instant;

/// Everything that is counted from a shop's histories and catalogue at one moment. Immutable:
/// rebuilt aside and replaced whole.
///
/// @param fittedAt the moment of the fit
public record RecallIndexes(
    TransitionIndex transitions,
    BasketIndex baskets,
    Popularity popularity,
    Trending trending,
    NewArrivals arrivals,
    ContentIndex content,
    ItemToItem itemToItem,
    Instant fittedAt) {

  /// Fits all. The histories are walked through several times, and may grow between the walks.
  ///
  /// Counts age against the newest event when that is before `now`: a shop that stood still, or old
  /// data loaded today, is as popular as it was on its last day.
  public static RecallIndexes fit(Catalog catalog, Iterable<History> histories, Instant now) {
    return fit(catalog, histories, ContentIndex.fit(catalog), now);
  }

  /// Fits quickly, to begin with: on the histories given and every `step`-th item. Every kind of
  /// evidence is there, from fewer cases.
  public static RecallIndexes rough(
      Catalog catalog, int step, Iterable<History> sample, Instant now) {
    return fit(catalog, sample, ContentIndex.rough(catalog, step), now);
  }

  private static RecallIndexes fit(
      Catalog catalog, Iterable<History> histories, ContentIndex content, Instant now) {
    Instant newest = newestEvent(histories, now);
    TransitionIndex transitions = TransitionIndex.fit(histories, newest);
    return new RecallIndexes(
        transitions,
        BasketIndex.fit(histories),
        Popularity.fit(histories, newest),
        Trending.fit(histories, newest),
        NewArrivals.fit(catalog, now),
        content,
        new ItemToItem(transitions, content, catalog),
        now);
  }

  private static Instant newestEvent(Iterable<History> histories, Instant now) {
    long newest = Long.MIN_VALUE;
    for (History history : histories) {
      int size = history.size();
      newest = size == 0 ? newest : Math.max(newest, history.timeMillis(size - 1));
    }
    boolean past = newest != Long.MIN_VALUE && newest < now.toEpochMilli();
    return past ? Instant.ofEpochMilli(newest) : now;
  }
}
