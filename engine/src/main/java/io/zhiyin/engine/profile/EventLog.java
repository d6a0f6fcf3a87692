package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Lines of events, sorted by event time, then the bytes of the event id, then the line within the
/// event; of more than the bound, the newest in that order stay. So the content depends on the set
/// of lines alone, never on the order in which they came.
///
/// All lines lie in one array and not in one for each column: a shop has a log for each shopper,
/// and what grows is one object.
///
/// Marks (what was saved, dropped again, or refused) that the bound leaves out may be kept on, up
/// to a bound of their own: a favourite stays one however much is done after it.
///
/// Event ids lie in one block of bytes, packed, that the lines of an event share. Not safe for
/// threads.
final class EventLog {
  private static final int ID_HEAD = 2;
  private static final byte[] NO_BYTES = {};
  private static final long[] NO_LINES = {};

  /// So that a shopper's first ids need no new block each.
  private static final int SPARE_BYTES = 32;

  /// Words of a line: its time; its item above where its event's id lies; its price's bits above
  /// its kind.
  private static final int WORDS = 3;

  private final int bound;
  private final int marksBound;
  private @Nullable EventLog older;
  private int size;
  private long[] lines = NO_LINES;
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
    return lines[WORDS * i];
  }

  byte kind(int i) {
    return (byte) lines[WORDS * i + 2];
  }

  int item(int i) {
    return (int) (lines[WORDS * i + 1] >> 32);
  }

  /// NaN when unknown.
  float price(int i) {
    return Float.intBitsToFloat((int) (lines[WORDS * i + 2] >> 32));
  }

  /// Where in the block the id of the line's event lies.
  private int id(int i) {
    return (int) lines[WORDS * i + 1];
  }

  private void set(int i, long time, int item, int id, float price, byte kind) {
    lines[WORDS * i] = time;
    lines[WORDS * i + 1] = word(item, id);
    lines[WORDS * i + 2] = word(Float.floatToRawIntBits(price), kind);
  }

  private static long word(int high, int low) {
    return (long) high << 32 | (low & 0xFFFF_FFFFL);
  }

  /// A line's own words: the query of a search, the path of a category page.
  String text(int i) {
    String text = texts == null ? null : texts[i];
    return text == null ? "" : text;
  }

  /// Whether the line is the first one that is kept of its event.
  boolean startsEvent(int i) {
    return i == 0 || id(i) != id(i - 1);
  }

  /// The id of the line's event, packed.
  void putId(int i, RecordWriter out) {
    int length = idLength(id(i));
    out.number(length).bytes(block, id(i) + ID_HEAD, length);
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
        int id = other.id(i);
        String text = other.texts == null ? null : other.texts[i];
        add(
            other.time(i),
            other.block,
            id + ID_HEAD,
            other.idLength(id),
            other.kind(i),
            other.item(i),
            other.price(i),
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
      keepMark(time(0), block, id(0) + ID_HEAD, idLength(id(0)), kind(0), item(0));
      shift(1, 0, place - 1);
      place--;
    } else {
      if (WORDS * size == lines.length) {
        resize(Math.min(bound, size + (size >> 1) + 2));
      }
      shift(place, place + 1, size - place);
      size++;
    }
    // A shift to the left may have pushed the event's earlier line out of the log.
    int offset = sameEvent && place > 0 ? id(place - 1) : store(place, id, idFrom, idLength);
    set(place, time, item, offset, price, kind);
    if (text != null && texts == null) {
      texts = new String[lines.length / WORDS];
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
    lines = kept.lines;
    texts = kept.texts;
    block = kept.block;
    blockSize = kept.blockSize;
  }

  /// The lines that say that something is not wanted, or all the others.
  History toHistory(boolean refusals) {
    return history(i -> EventKind.ofCode(kind(i)).isRefusal() == refusals);
  }

  /// The marks beyond the bound.
  History olderMarks() {
    return older == null ? History.EMPTY : older.history(_ -> true);
  }

  private History history(IntPredicate wanted) {
    int entries = 0;
    for (int i = 0; i < size; i++) {
      entries += wanted.test(i) ? 1 : 0;
    }
    HistoryColumns columns = new HistoryColumns(entries);
    for (int i = 0; i < size; i++) {
      if (wanted.test(i)) {
        columns.add(item(i), kind(i), time(i), price(i), startsEvent(i));
      }
    }
    return columns.history();
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
    LogLines taken = new LogLines(in, log.bound);
    int n = taken.count;
    if (n == 0) {
      return log;
    }
    log.resize(n);
    log.block = new byte[n * 20];
    for (int i = 0; i < n; i++) {
      taken.next();
      int id = taken.startsEvent() ? log.appendId(taken) : log.id(i - 1);
      log.set(i, taken.time(), taken.item(), id, taken.price(), taken.kind());
      if (taken.hasText()) {
        log.texts = log.texts == null ? new String[n] : log.texts;
        log.texts[i] = taken.text();
      }
      log.size++;
    }
    log.block = Arrays.copyOf(log.block, log.blockSize);
    return log;
  }

  private int appendId(LogLines taken) {
    int end = blockSize + ID_HEAD + taken.idLength();
    if (end > block.length) {
      block = Arrays.copyOf(block, 2 * end);
    }
    int offset = appendLength(taken.idLength());
    taken.copyId(block, offset + ID_HEAD);
    return offset;
  }

  private int compare(int i, long time, byte[] id, int idFrom, int idLength) {
    if (time(i) != time) {
      return Long.compare(time(i), time);
    }
    int from = id(i) + ID_HEAD;
    return EventIdBytes.compare(block, from, idLength(id(i)), id, idFrom, idLength);
  }

  private int idLength(int offset) {
    return (block[offset] & 0xFF) << 8 | (block[offset + 1] & 0xFF);
  }

  /// Stores the id of the line that is about to stand at `place`, which is not set yet.
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

  /// Drops the ids of lines that are gone and makes room for `more` bytes, and for some ids after
  /// that.
  private void repack(int except, int more) {
    int needed = more;
    int last = -1;
    for (int i = 0; i < size; i++) {
      if (i != except && id(i) != last) {
        last = id(i);
        needed += ID_HEAD + idLength(last);
      }
    }
    byte[] packed = new byte[needed + needed / 4 + SPARE_BYTES];
    int end = 0;
    int lastMoved = -1;
    last = -1;
    for (int i = 0; i < size; i++) {
      if (i == except) {
        continue;
      }
      if (id(i) != last) {
        last = id(i);
        lastMoved = end;
        int length = ID_HEAD + idLength(last);
        System.arraycopy(block, last, packed, end, length);
        end += length;
      }
      lines[WORDS * i + 1] = word(item(i), lastMoved);
    }
    block = packed;
    blockSize = end;
  }

  private void shift(int from, int to, int count) {
    System.arraycopy(lines, WORDS * from, lines, WORDS * to, WORDS * count);
    if (texts != null) {
      System.arraycopy(texts, from, texts, to, count);
    }
  }

  private void resize(int capacity) {
    lines = Arrays.copyOf(lines, WORDS * capacity);
    if (texts != null) {
      texts = Arrays.copyOf(texts, capacity);
    }
  }
}
