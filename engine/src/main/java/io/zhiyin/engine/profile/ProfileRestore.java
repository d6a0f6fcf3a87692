package io.zhiyin.engine.profile;

import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.RecordReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Puts back what a [ProfileImage] kept, into a fold that is still empty. Pieces may come in any
/// order and from several threads; [#finish()] comes last.
public final class ProfileRestore {
  /// Erased shoppers leave gaps; a number out of all proportion is damage, and no room is made for
  /// it.
  private static final int NUMBERS_A_SHOPPER = 64;

  private static final int MIN_NUMBERS = 1 << 20;

  private final ProfileFold fold;
  private final Queue<List<ShopperLog>> read = new ConcurrentLinkedQueue<>();
  private final Queue<List<LogCodec.Links>> ties = new ConcurrentLinkedQueue<>();

  /// Those that nobody uses right now: as many in all as threads.
  private final Queue<Packing> packings = new ConcurrentLinkedQueue<>();

  private final AtomicInteger largestItem = new AtomicInteger(Vocabulary.UNKNOWN);
  private volatile int count = -1;

  public ProfileRestore(ProfileFold fold) {
    this.fold = fold;
  }

  /// Whether pieces of that kind are of shoppers.
  public static boolean owns(byte kind) {
    return kind == ProfileImage.SHOPPERS || kind == ProfileImage.COUNT;
  }

  /// @throws RuntimeException when the piece is none of an image
  public void piece(byte kind, RecordReader in) {
    if (kind == ProfileImage.COUNT) {
      count = in.whole();
      return;
    }
    List<ShopperLog> logs = new ArrayList<>();
    List<LogCodec.Links> links = new ArrayList<>();
    Packing packing = Objects.requireNonNullElseGet(packings.poll(), Packing::new);
    while (!in.atEnd()) {
      logs.add(LogCodec.take(in, packing, links));
    }
    largestItem.accumulateAndGet(packing.largestItem(), Math::max);
    packings.add(packing);
    read.add(logs);
    ties.add(links);
  }

  /// Joins the shoppers to each other and hands them to the fold.
  ///
  /// @param items how many items have an index
  /// @throws RuntimeException when some are missing, or name items that there are not
  public void finish(int items) {
    if (largestItem.get() >= items) {
      throw new IllegalArgumentException(
          "item " + largestItem + " of a shopper's, and there are " + items);
    }
    int bound = 0;
    int size = 0;
    for (List<ShopperLog> logs : read) {
      for (ShopperLog log : logs) {
        bound = Math.max(bound, log.number + 1);
      }
      size += logs.size();
    }
    if (size != count) {
      throw new IllegalArgumentException(size + " shoppers of " + count);
    }
    if (bound > MIN_NUMBERS + (long) NUMBERS_A_SHOPPER * size) {
      throw new IllegalArgumentException(size + " shoppers with numbers up to " + bound);
    }
    @Nullable ShopperLog[] all = new ShopperLog[bound];
    read.forEach(logs -> logs.forEach(log -> all[log.number] = log));
    ties.forEach(links -> links.forEach(each -> each.tie(all)));
    fold.restore(Arrays.stream(all).filter(Objects::nonNull).toList());
  }
}
