package io.zhiyin.engine.measure;

import java.time.Duration;

/// One item of one recommendation that a shopper saw or clicked, while something may still be
/// attributed to it.
final class Touch {
  /// From the last click on, what is done with the item was led to by the list.
  static final long CLICK_WINDOW = Duration.ofHours(24).toMillis();

  /// From the last impression on, a purchase without a click was led to by the list.
  static final long VIEW_WINDOW = Duration.ofHours(1).toMillis();

  static final long NEVER = Long.MIN_VALUE;

  final long key;
  final long item;
  final Opened list;
  long user;
  long visitor;
  long firstShown = NEVER;
  long lastShown = NEVER;
  long firstClicked = NEVER;
  long lastClicked = NEVER;

  /// The bits of the figures that it was counted in.
  int counted;

  /// One recommendation of which something is open.
  static final class Opened {
    final long key;
    final int scenario;
    long since;
    int touches;

    Opened(long key, int scenario, long since) {
      this.key = key;
      this.scenario = scenario;
      this.since = since;
    }
  }

  Touch(long key, long item, Opened list) {
    this.key = key;
    this.item = item;
    this.list = list;
  }

  void shown(long millis) {
    firstShown = firstShown == NEVER ? millis : Math.min(firstShown, millis);
    lastShown = Math.max(lastShown, millis);
  }

  void clicked(long millis) {
    firstClicked = firstClicked == NEVER ? millis : Math.min(firstClicked, millis);
    lastClicked = Math.max(lastClicked, millis);
  }

  /// When the item was first seen there: what was clicked was seen, even if no impression came.
  long since() {
    if (firstShown == NEVER || firstClicked == NEVER) {
      return Math.max(firstShown, firstClicked);
    }
    return Math.min(firstShown, firstClicked);
  }

  long until() {
    return Math.max(lastShown, lastClicked);
  }

  /// The click that may have led to something at that moment, or [#NEVER].
  long clickBefore(long millis) {
    return within(firstClicked, lastClicked, millis, CLICK_WINDOW);
  }

  /// The impression that may have led to a purchase at that moment, or [#NEVER].
  long viewBefore(long millis) {
    return within(firstShown, lastShown, millis, VIEW_WINDOW);
  }

  private static long within(long first, long last, long millis, long window) {
    if (last != NEVER && last <= millis) {
      return millis - last <= window ? last : NEVER;
    }
    return first != NEVER && first <= millis && millis - first <= window ? first : NEVER;
  }
}
