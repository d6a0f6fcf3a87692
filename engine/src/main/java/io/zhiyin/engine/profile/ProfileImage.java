package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.RecordWriter;
import io.zhiyin.engine.event.StateSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All shoppers as they were at one moment, written for keeping while events are folded in.
///
/// The writer walks over the shoppers in small steps. A shopper who is about to change before the
/// walk comes by is written first, as it was (copy on write), so that all belong to the same moment
/// and the folding waits for a step at most. Who did nothing since the image before
/// [rests][Resting] from then on.
public final class ProfileImage {
  /// Kinds of pieces: shoppers in any order, and how many there are, at the end.
  static final byte SHOPPERS = 32;

  static final byte COUNT = 33;

  private static final int STEP = 64;

  private final ProfileFold fold;
  private final int mark;
  private final int end;
  private final ShopperLog[] all;
  private final int @Nullable [] places;
  private final RecordWriter early = new RecordWriter();
  private final List<ShopperLog> amongGaps = new ArrayList<>();
  private int next;

  /// @param mark tells this image from all earlier ones
  /// @param end the number that the next shopper will get
  /// @param places where each item's index went
  ProfileImage(ProfileFold fold, int mark, int end, ShopperLog[] all, int[] places) {
    this.fold = fold;
    this.mark = mark;
    this.end = end;
    this.all = all;
    this.places = stay(places) ? null : places;
  }

  private static boolean stay(int[] places) {
    for (int item = 0; item < places.length; item++) {
      if (places[item] != item) {
        return false;
      }
    }
    return true;
  }

  /// Under the fold's write lock: that shopper is about to change.
  void before(ShopperLog log) {
    if (log.image != mark && log.number < end) {
      put(log, early);
    }
  }

  private void put(ShopperLog log, RecordWriter out) {
    log.image = mark;
    LogCodec.put(log, out, places);
  }

  /// Writes every shopper.
  ///
  /// @throws IOException what the sink throws
  /// @throws java.util.concurrent.CancellationException when a user was erased meanwhile
  public void writeTo(StateSink sink) throws IOException {
    RecordWriter out = new RecordWriter();
    try {
      boolean more = true;
      while (more) {
        more = fold.inImage(this, () -> step(out));
        if (!amongGaps.isEmpty()) {
          fold.alone(() -> amongGaps.forEach(ShopperLog::move));
          amongGaps.clear();
        }
        if (out.size() >= StateSink.PIECE || (!more && out.size() > 0)) {
          sink.put(SHOPPERS, out.toBytes());
          out.clear();
        }
      }
    } finally {
      fold.end(this);
    }
    sink.put(COUNT, new RecordWriter().number(all.length).toBytes());
  }

  /// Gives the image up before it was written.
  public void cancel() {
    fold.end(this);
  }

  /// Under the fold's read lock.
  private boolean step(RecordWriter out) {
    byte[] written = early.toBytes();
    early.clear();
    out.bytes(written, 0, written.length);
    int until = Math.min(all.length, next + STEP);
    for (; next < until; next++) {
      ShopperLog log = all[next];
      if (log.image != mark) {
        put(log, out);
      }
      if (log.changed < mark - 1) {
        log.rest();
      }
      if (log.isAmongGaps()) {
        amongGaps.add(log);
      }
    }
    return next < all.length;
  }
}
