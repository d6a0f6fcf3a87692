package io.zhiyin.engine.profile;

import java.util.List;

/// What is known of one shopper at one moment, immutable. Everything else that is said of a shopper
/// (interests, spending power, session) is computed from this, so that it depends on the set of
/// events alone and never on the order in which they came.
///
/// @param shopper whom it is about
/// @param history engagements with items, oldest first
/// @param refusals what the shopper said it does not want, oldest first; of the history and these
///   together the [#MAX_HISTORY] newest are kept
/// @param olderMarks what was saved, dropped again or refused before these, oldest first, at most
///   [#MAX_OLDER_MARKS] newest
/// @param pageViews category page views and searches, oldest first, at most [#MAX_PAGE_VIEWS]
///   newest
/// @param eventCounts how many events of each kind were ever folded, by kind code (length 64)
/// @param visitors the visitors that were joined to the user, in the order of their first login
/// @param lastSeenMillis time of the newest event of any kind, milliseconds since 1970; 0 if none
public record Profile(
    Shopper shopper,
    History history,
    History refusals,
    History olderMarks,
    List<PageView> pageViews,
    long[] eventCounts,
    List<String> visitors,
    long lastSeenMillis) {
  public static final int MAX_HISTORY = 400;
  public static final int MAX_PAGE_VIEWS = 50;
  public static final int MAX_OLDER_MARKS = 1_000;

  /// A shopper who refused nothing and has no marks from long ago.
  public Profile(
      Shopper shopper,
      History history,
      List<PageView> pageViews,
      long[] eventCounts,
      List<String> visitors,
      long lastSeenMillis) {
    this(
        shopper,
        history,
        History.EMPTY,
        History.EMPTY,
        pageViews,
        eventCounts,
        visitors,
        lastSeenMillis);
  }

  /// A shopper of whom nothing is known.
  public static Profile unknown(Shopper shopper) {
    return new Profile(
        shopper,
        History.EMPTY,
        History.EMPTY,
        History.EMPTY,
        List.of(),
        new long[64],
        List.of(),
        0);
  }

  /// @param category the path of a category page; empty for a search
  /// @param query what was searched; empty for a category page
  public record PageView(long timeMillis, String category, String query) {}
}
