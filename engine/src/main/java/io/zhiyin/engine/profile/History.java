package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.EventKind;
import java.util.Arrays;
import java.util.function.IntPredicate;

/// What one shopper did with items, oldest first: the typed sequence that models and counts read.
///
/// Immutable and columnar; one entry per item line of an engagement event (see
/// [EventKind#isEngagement()]). Entries are ordered by event time and, within the same millisecond,
/// by the order of their event ids' bytes, so that the order of arrival leaves no trace.
public final class History {
  public static final History EMPTY =
      new History(new int[0], new byte[0], new long[0], new float[0], new int[0]);

  private final int[] items;
  private final byte[] kinds;
  private final long[] times;
  private final float[] prices;
  private final int[] baskets;

  /// All arrays have the same length and are not copied: the caller gives them away.
  ///
  /// @param items item indices in the vocabulary
  /// @param kinds codes of [EventKind]
  /// @param times milliseconds since 1970, not falling
  /// @param prices per piece, NaN when unknown
  /// @param baskets entries of one event have the same number; numbers rise along the history
  public History(int[] items, byte[] kinds, long[] times, float[] prices, int[] baskets) {
    int n = items.length;
    if (kinds.length != n || times.length != n || prices.length != n || baskets.length != n) {
      throw new IllegalArgumentException("columns of different lengths");
    }
    this.items = items;
    this.kinds = kinds;
    this.times = times;
    this.prices = prices;
    this.baskets = baskets;
  }

  /// A history of one kind of event with known items only; times in milliseconds.
  public static History of(EventKind kind, int[] items, long[] times) {
    byte[] kinds = new byte[items.length];
    Arrays.fill(kinds, kind.code());
    float[] prices = new float[items.length];
    Arrays.fill(prices, Float.NaN);
    int[] baskets = new int[items.length];
    Arrays.setAll(baskets, i -> i);
    return new History(items, kinds, times, prices, baskets);
  }

  public int size() {
    return items.length;
  }

  public int item(int i) {
    return items[i];
  }

  public EventKind kind(int i) {
    return EventKind.ofCode(kinds[i]);
  }

  /// The code of the kind, for code that must not box or look up.
  public byte kindCode(int i) {
    return kinds[i];
  }

  /// Milliseconds since 1970.
  public long timeMillis(int i) {
    return times[i];
  }

  /// Price per piece, or NaN.
  public float price(int i) {
    return prices[i];
  }

  /// Entries of the same event share this number.
  public int basket(int i) {
    return baskets[i];
  }

  /// This history with one more event at its end: an item without a price.
  public History plus(EventKind kind, int item, long timeMillis) {
    int n = items.length;
    History longer =
        new History(
            Arrays.copyOf(items, n + 1),
            Arrays.copyOf(kinds, n + 1),
            Arrays.copyOf(times, n + 1),
            Arrays.copyOf(prices, n + 1),
            Arrays.copyOf(baskets, n + 1));
    longer.items[n] = item;
    longer.kinds[n] = kind.code();
    longer.times[n] = n == 0 ? timeMillis : Math.max(times[n - 1], timeMillis);
    longer.prices[n] = Float.NaN;
    longer.baskets[n] = n == 0 ? 0 : baskets[n - 1] + 1;
    return longer;
  }

  /// The entries `from` (inclusive) to `to` (exclusive).
  public History slice(int from, int to) {
    if (from == 0 && to == items.length) {
      return this;
    }
    return new History(
        Arrays.copyOfRange(items, from, to),
        Arrays.copyOfRange(kinds, from, to),
        Arrays.copyOfRange(times, from, to),
        Arrays.copyOfRange(prices, from, to),
        Arrays.copyOfRange(baskets, from, to));
  }

  /// The newest `n` entries, or all when there are fewer.
  public History newest(int n) {
    return slice(Math.max(0, items.length - n), items.length);
  }

  /// The entries whose position in this history passes the test.
  public History where(IntPredicate keeps) {
    int[] kept = new int[items.length];
    int size = 0;
    for (int i = 0; i < items.length; i++) {
      if (keeps.test(i)) {
        kept[size++] = i;
      }
    }
    int[] keptItems = new int[size];
    byte[] keptKinds = new byte[size];
    long[] keptTimes = new long[size];
    float[] keptPrices = new float[size];
    int[] keptBaskets = new int[size];
    for (int i = 0; i < size; i++) {
      keptItems[i] = items[kept[i]];
      keptKinds[i] = kinds[kept[i]];
      keptTimes[i] = times[kept[i]];
      keptPrices[i] = prices[kept[i]];
      keptBaskets[i] = baskets[kept[i]];
    }
    return new History(keptItems, keptKinds, keptTimes, keptPrices, keptBaskets);
  }

  /// Whether any entry names the item.
  public boolean contains(int item) {
    for (int known : items) {
      if (known == item) {
        return true;
      }
    }
    return false;
  }
}
