package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.RecordWriter;
import org.jspecify.annotations.Nullable;

/// What is kept of one shopper. Guarded by the lock of [ProfileFold], but for the cached profile.
abstract sealed class ShopperLog permits UserLog, VisitorLog {
  /// The place in the order of arrival, rising; given by [ProfileFold].
  int number;

  /// The last [ProfileImage] that has this log.
  int image;

  /// How many images there were when something was done last.
  int changed;

  volatile @Nullable Profile cached;

  /// Replaced by the walk of an image while others read.
  private volatile Kept kept;

  ShopperLog(Kept kept) {
    this.kept = kept;
  }

  abstract Shopper shopper();

  abstract Deeds.Of whose();

  /// Whether there is something that is this shopper's own.
  abstract boolean isShopper();

  /// Computed anew.
  abstract Profile profile();

  /// The engagements of [#profile()] alone, which takes less.
  abstract History history();

  /// What the shopper did, to look at.
  Deeds deeds() {
    return kept.unpacked(whose());
  }

  /// The engagements that are kept here alone.
  History ownHistory() {
    return kept.history(whose());
  }

  /// What the shopper did, to change, while nobody reads.
  Deeds toChange() {
    if (!(kept instanceof Resting resting)) {
      return (Deeds) kept;
    }
    Deeds deeds = resting.unpacked(whose());
    kept = deeds;
    resting.wipe();
    return deeds;
  }

  /// Takes less memory from now on, until something is done. Others may read meanwhile.
  void rest() {
    if (kept instanceof Deeds deeds) {
      RecordWriter out = new RecordWriter();
      whose().put(deeds, out, item -> item);
      kept = Resting.alone(out.toBytes());
    }
  }

  boolean isAmongGaps() {
    return kept instanceof Resting resting && resting.isAmongGaps();
  }

  /// Leaves the piece where most others have left, while nobody reads.
  void move() {
    if (kept instanceof Resting resting && resting.isAmongGaps()) {
      kept = resting.moved();
    }
  }

  /// @param places where each item's index goes; null when all stay where they are
  void putDeeds(RecordWriter out, int @Nullable [] places) {
    if (places == null && kept instanceof Resting resting) {
      resting.put(out);
    } else {
      whose().put(deeds(), out, item -> places == null || item < 0 ? item : places[item]);
    }
  }
}
