package io.zhiyin.engine.profile;

import org.jspecify.annotations.Nullable;

/// What is kept of one shopper. Guarded by the lock of [ProfileFold], but for the cached profile.
abstract sealed class ShopperLog permits UserLog, VisitorLog {
  final EventLog lines;
  final EventLog pages;
  final Counts counts;

  /// The place in the order of arrival, rising; given by [ProfileFold].
  int number;

  /// The last [ProfileImage] that has this log.
  int image;

  volatile @Nullable Profile cached;

  ShopperLog(EventLog lines, EventLog pages, Counts counts) {
    this.lines = lines;
    this.pages = pages;
    this.counts = counts;
  }

  abstract Shopper shopper();

  /// Whether there is something that is this shopper's own.
  abstract boolean isShopper();

  /// Computed anew.
  abstract Profile profile();
}
