package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Lines of events in columns, sorted by event time, then the bytes of the event id, then the line
/// within the event; of more than the bound, the newest in that order stay. So the content depends
/// on the set of lines alone, never on the order in which they came.
///
/// Marks (what was saved, dropped again, or refused) that the bound leaves out may be kept on, up
/// to a bound of their own: a favourite stays one however much is done after it.
///
/// Event ids lie in one block of bytes, packed, that the lines of an event share. Not safe for
/// threads.
final class EventLog {
  private static final int ID_HEAD = 2;
  private static final byte[] NO_BYTES = {};
  private static final int[] NO_INTS = {};
  private static final long[] NO_LONGS = {};
  private static final float[] NO_FLOATS = {};

  private final int bound;
  private final int marksBound;
  private @Nullable EventLog older;
  private int size;
  private long[] times = NO_LONGS;
  private int[] ids = NO_INTS;
  private byte[] kinds = NO_BYTES;
  private int[] items = NO_INTS;
  private float[] prices = NO_FLOATS;
  private @Nullable String @Nullable [] texts;
  private byte[] block = NO_BYTES;
  private int blockSize;

  EventLog(int bound) {
    this(bound, 0);
  }

  /// @param marksBound how many marks are kept beyond the bound
  EventLog(int bound, int marksBound) {
    this.bound = bound;
    this.marksBound = marksBound;
  }

  EventLog copy() {
    EventLog copy = new EventLog(bound, marksBound);
    copy.addAll(this, _ -> true);
    copy.addOlder(this, (_, _) -> true);
    return copy;
  }

  /// Which lines of a log are meant, by their position in it.
  @FunctionalInterface
  interface Wanted {
    boolean test(EventLog log, int i);
  }

  /// Puts in the marks that another log keeps beyond its bound, beyond this one's.
  void addOlder(EventLog other, Wanted wanted) {
    EventLog marks = other.older;
    if (marks != null) {
      older().addAll(marks, i -> wanted.test(marks, i));
    }
  }

  private EventLog older() {
    EventLog marks = older;
    if (marks == null) {
      marks = new EventLog(marksBound);
      older = marks;
    }
    return marks;
  }

  int size() {
    return size;
  }

  long time(int i) {
    return times[i];
  }

  byte kind(int i) {
    return kinds[i];
  }

  int item(int i) {
    return items[i];
  }

  /// NaN when unknown.
  float price(int i) {
    return prices[i];
  }

  /// A line's own words: the query of a search, the path of a category page.
  String text(int i) {
    String text = texts == null ? null : texts[i];
    return text == null ? "" : text;
  }

  /// Whether the line is the first one that is kept of its event.
  boolean startsEvent(int i) {
    return i == 0 || ids[i] != ids[i - 1];
  }

  /// The id of the line's event, packed.
  void putId(int i, RecordWriter out) {
    int length = idLength(ids[i]);
    out.number(length).bytes(block, ids[i] + ID_HEAD, length);
  }

  /// Puts one line in its place, unless as many newer ones are there as may be kept. The lines of
  /// one event come in their order.
  ///
  /// @param id packed by [EventIdBytes]
  void add(long time, byte[] id, byte kind, int item, float price, @Nullable String text) {
    add(time, id, 0, id.length, kind, item, price, text);
  }

  /// Puts in all lines of another log that pass the test of their position there.
  void addAll(EventLog other, IntPredicate wanted) {
    for (int i = 0; i < other.size; i++) {
      if (wanted.test(i)) {
        int from = other.ids[i] + ID_HEAD;
        int length = other.idLength(other.ids[i]);
        String text = other.texts == null ? null : other.texts[i];
        add(
            other.times[i],
            other.block,
            from,
            length,
            other.kinds[i],
            other.items[i],
            other.prices[i],
            text);
      }
    }
  }

  private void add(
      long time,
      byte[] id,
      int idFrom,
      int idLength,
      byte kind,
      int item,
      float price,
      @Nullable String text) {
    int place = size;
    int order = -1;
    while (place > 0) {
      order = compare(place - 1, time, id, idFrom, idLength);
      if (order <= 0) {
        break;
      }
      place--;
    }
    boolean sameEvent = place > 0 && order == 0;
    if (size == bound) {
      if (place == 0) {
        keepMark(time, id, idFrom, idLength, kind, item);
        return;
      }
      keepMark(times[0], block, ids[0] + ID_HEAD, idLength(ids[0]), kinds[0], items[0]);
      shift(1, 0, place - 1);
      place--;
    } else {
      if (size == times.length) {
        resize(Math.min(bound, size + (size >> 1) + 2));
      }
      shift(place, place + 1, size - place);
      size++;
    }
    // A shift to the left may have pushed the event's earlier line out of the log.
    int offset = sameEvent && place > 0 ? ids[place - 1] : store(place, id, idFrom, idLength);
    times[place] = time;
    ids[place] = offset;
    kinds[place] = kind;
    items[place] = item;
    prices[place] = price;
    if (text != null && texts == null) {
      texts = new String[times.length];
    }
    if (texts != null) {
      texts[place] = text;
    }
  }

  /// A line is left out for want of room.
  private void keepMark(long time, byte[] id, int idFrom, int idLength, byte kind, int item) {
    if (marksBound > 0 && EventKind.ofCode(kind).isMark()) {
      older().add(time, id, idFrom, idLength, kind, item, Float.NaN, null);
    }
  }

  /// Takes out every line that passes the test.
  void removeIf(Wanted gone) {
    EventLog kept = new EventLog(bound, marksBound);
    kept.addAll(this, i -> !gone.test(this, i));
    kept.addOlder(this, (log, i) -> !gone.test(log, i));
    older = kept.older;
    size = kept.size;
    times = kept.times;
    ids = kept.ids;
    kinds = kept.kinds;
    items = kept.items;
    prices = kept.prices;
    texts = kept.texts;
    block = kept.block;
    blockSize = kept.blockSize;
  }

  /// The lines that say that something is not wanted, or all the others.
  History toHistory(boolean refusals) {
    boolean any = false;
    boolean all = true;
    for (int i = 0; i < size; i++) {
      boolean wanted = EventKind.ofCode(kinds[i]).isRefusal() == refusals;
      any |= wanted;
      all &= wanted;
    }
    if (!any) {
      return History.EMPTY;
    }
    if (!all) {
      EventLog part = new EventLog(bound);
      part.addAll(this, i -> EventKind.ofCode(kinds[i]).isRefusal() == refusals);
      return part.whole();
    }
    return whole();
  }

  /// The marks beyond the bound.
  History olderMarks() {
    return older == null ? History.EMPTY : older.whole();
  }

  private History whole() {
    int[] baskets = new int[size];
    for (int i = 1; i < size; i++) {
      baskets[i] = baskets[i - 1] + (startsEvent(i) ? 1 : 0);
    }
    return new History(
        Arrays.copyOf(items, size),
        Arrays.copyOf(kinds, size),
        Arrays.copyOf(times, size),
        Arrays.copyOf(prices, size),
        baskets);
  }

  /// Whether lines may have been left out for want of room.
  boolean isFull() {
    return size == bound;
  }

  /// The lines, and behind them the marks beyond the bound where such are kept.
  ///
  /// @param places where each item's index goes
  void put(RecordWriter out, IntUnaryOperator places) {
    LogLines.put(this, out, places);
    if (marksBound > 0) {
      LogLines.put(older == null ? new EventLog(0) : older, out, places);
    }
  }

  /// What [#put] wrote; its arrays have no room to spare.
  static EventLog take(RecordReader in, int bound, int marksBound) {
    EventLog log = takeLines(in, new EventLog(bound, marksBound));
    if (marksBound > 0) {
      EventLog marks = takeLines(in, new EventLog(marksBound));
      log.older = marks.size == 0 ? null : marks;
    }
    return log;
  }

  private static EventLog takeLines(RecordReader in, EventLog log) {
    LogLines lines = new LogLines(in, log.bound);
    int n = lines.count;
    if (n == 0) {
      return log;
    }
    log.resize(n);
    log.block = new byte[n * 20];
    for (int i = 0; i < n; i++) {
      lines.next();
      log.kinds[i] = lines.kind();
      log.times[i] = lines.time();
      log.items[i] = lines.item();
      log.prices[i] = lines.price();
      log.ids[i] = lines.startsEvent() ? log.appendId(lines) : log.ids[i - 1];
      if (lines.hasText()) {
        log.texts = log.texts == null ? new String[n] : log.texts;
        log.texts[i] = lines.text();
      }
      log.size++;
    }
    log.block = Arrays.copyOf(log.block, log.blockSize);
    return log;
  }

  private int appendId(LogLines lines) {
    int end = blockSize + ID_HEAD + lines.idLength();
    if (end > block.length) {
      block = Arrays.copyOf(block, 2 * end);
    }
    int offset = appendLength(lines.idLength());
    lines.copyId(block, offset + ID_HEAD);
    return offset;
  }

  private int compare(int i, long time, byte[] id, int idFrom, int idLength) {
    if (times[i] != time) {
      return Long.compare(times[i], time);
    }
    int from = ids[i] + ID_HEAD;
    return EventIdBytes.compare(block, from, idLength(ids[i]), id, idFrom, idLength);
  }

  private int idLength(int offset) {
    return (block[offset] & 0xFF) << 8 | (block[offset + 1] & 0xFF);
  }

  /// Stores the id of the line that is about to stand at `place`, whose own columns are not set
  /// yet.
  private int store(int place, byte[] id, int idFrom, int idLength) {
    if (blockSize + ID_HEAD + idLength > block.length) {
      repack(place, ID_HEAD + idLength);
    }
    return append(id, idFrom, idLength);
  }

  private int append(byte[] id, int idFrom, int idLength) {
    int offset = appendLength(idLength);
    System.arraycopy(id, idFrom, block, offset + ID_HEAD, idLength);
    return offset;
  }

  /// Takes room for an id behind the others.
  private int appendLength(int idLength) {
    int offset = blockSize;
    block[offset] = (byte) (idLength >>> 8);
    block[offset + 1] = (byte) idLength;
    blockSize += ID_HEAD + idLength;
    return offset;
  }

  /// Drops the ids of lines that are gone and makes room for `more` bytes.
  private void repack(int except, int more) {
    byte[] packed = new byte[block.length];
    int end = 0;
    int last = -1;
    int lastMoved = -1;
    for (int i = 0; i < size; i++) {
      if (i == except) {
        continue;
      }
      if (ids[i] != last) {
        int length = ID_HEAD + idLength(ids[i]);
        System.arraycopy(block, ids[i], packed, end, length);
        last = ids[i];
        lastMoved = end;
        end += length;
      }
      ids[i] = lastMoved;
    }
    int needed = end + more;
    block = needed > packed.length * 3 / 4 ? Arrays.copyOf(packed, needed + needed / 4) : packed;
    blockSize = end;
  }

  private void shift(int from, int to, int count) {
    System.arraycopy(times, from, times, to, count);
    System.arraycopy(ids, from, ids, to, count);
    System.arraycopy(kinds, from, kinds, to, count);
    System.arraycopy(items, from, items, to, count);
    System.arraycopy(prices, from, prices, to, count);
    if (texts != null) {
      System.arraycopy(texts, from, texts, to, count);
    }
  }

  private void resize(int capacity) {
    times = Arrays.copyOf(times, capacity);
    ids = Arrays.copyOf(ids, capacity);
    kinds = Arrays.copyOf(kinds, capacity);
    items = Arrays.copyOf(items, capacity);
    prices = Arrays.copyOf(prices, capacity);
    if (texts != null) {
      texts = Arrays.copyOf(texts, capacity);
    }
  }
}
