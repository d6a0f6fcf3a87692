package io.zhiyin.engine.recommend;

/// How far a request may go over the whole catalogue in search of items that may be shown: a
/// condition that almost none fulfils would otherwise have it look at all of a million, whatever
/// its budget.
final class CatalogWalk {
  /// Looked at in any case, as the last resort of a request whose time was taken by others.
  static final int AT_LEAST = 8_192;

  /// The clock is read once in so many items.
  static final int BETWEEN_LOOKS = 1_024;

  private static final String NAME = "catalog";

  private final Request request;
  private final double share;
  private int seen;
  private boolean late;

  /// @param share of the budget, until which it goes on
  CatalogWalk(Request request, double share) {
    this.request = request;
    this.share = share;
  }

  /// Whether one more item is looked at.
  boolean goesOn() {
    if (!late && seen >= AT_LEAST && seen % BETWEEN_LOOKS == 0) {
      late = request.left(share).isZero();
    }
    seen++;
    return !late;
  }

  /// Says in the answer when it was cut off.
  void report(Retrieval retrieval) {
    if (late) {
      retrieval.degrade(request, new StageRunner.Outcome<>(NAME, null, "late", 0));
    }
  }
}
