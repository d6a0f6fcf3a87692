package io.zhiyin.engine.profile;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Bounds how many shoppers keep a computed profile: a shopper's place is given by a hash, and who
/// takes it makes the one before forget. Safe for threads.
final class RecentProfiles {
  private static final int PLACES = 1 << 14;

  private final AtomicReferenceArray<@Nullable ShopperLog> places =
      new AtomicReferenceArray<>(PLACES);

  /// That shopper has just been given a profile to keep.
  void see(ShopperLog log) {
    ShopperLog before = places.getAndSet(place(log), log);
    if (before != null && !before.equals(log)) {
      before.cached = null;
    }
  }

  /// That shopper is erased: nothing of it may be held.
  void forget(ShopperLog log) {
    places.compareAndSet(place(log), log, null);
  }

  private static int place(ShopperLog log) {
    return (log.number * 0x9E3779B1) >>> 18;
  }
}
