package io.zhiyin.engine.profile;

import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import java.util.function.IntUnaryOperator;

/// The lines of an [EventLog] as bytes, read one after the other.
///
/// How many there are, then of each its kind and flags in a byte, the time since the line before,
/// the item with a flag in its lowest bit, and, where the flags say so, the price, the id of the
/// event and the line's own words.
final class LogLines {
  private static final int STARTS_EVENT = 1;
  private static final int PRICED = 2;
  private static final int KIND_SHIFT = 2;
  private static final int LONGEST_ID = 0xFFFF;

  private final RecordReader in;
  private boolean first = true;

  /// How many lines there are.
  final int count;

  private int head;
  private long time;
  private long item;
  private float price;
  private int idLength;
  private int idFrom;
  private boolean textLeft;

  /// @param places where each item's index goes
  static void put(EventLog log, RecordWriter out, IntUnaryOperator places) {
    out.number(log.size());
    long before = 0;
    for (int i = 0; i < log.size(); i++) {
      boolean starts = log.startsEvent(i);
      boolean priced = !Float.isNaN(log.price(i));
      String text = log.text(i);
      out.oneByte(
          (log.kind(i) << KIND_SHIFT) | (starts ? STARTS_EVENT : 0) | (priced ? PRICED : 0));
      LogCodec.putTime(out, log.time(i) - before);
      before = log.time(i);
      out.number(((places.applyAsInt(log.item(i)) + 1L) << 1) | (text.isEmpty() ? 0 : 1));
      if (priced) {
        out.number(Float.floatToRawIntBits(log.price(i)) & 0xFFFF_FFFFL);
      }
      if (starts) {
        log.putId(i, out);
      }
      if (!text.isEmpty()) {
        out.text(text);
      }
    }
  }

  /// @param bound the most lines that may be kept
  /// @throws IllegalArgumentException when there are more
  LogLines(RecordReader in, int bound) {
    this.in = in;
    count = in.count();
    if (count > bound) {
      throw new IllegalArgumentException("more lines than may be kept");
    }
  }

  /// Goes to the next line; its text, if it was not asked for, is passed over.
  ///
  /// @throws IllegalArgumentException when it cannot be a line
  void next() {
    passText();
    head = in.oneByte();
    time += LogCodec.takeTime(in);
    item = in.number();
    price = (head & PRICED) == 0 ? Float.NaN : Float.intBitsToFloat((int) in.number());
    if (startsEvent()) {
      idLength = in.whole();
      idFrom = in.skip(idLength);
      if (idLength == 0
          || idLength > LONGEST_ID
          || !EventIdBytes.fits(in.byteAt(idFrom), idLength)) {
        throw new IllegalArgumentException("a line of an event whose id is none");
      }
    } else if (first) {
      throw new IllegalArgumentException("a line of no event");
    }
    first = false;
    textLeft = (item & 1) != 0;
  }

  byte kind() {
    return (byte) (head >>> KIND_SHIFT);
  }

  boolean startsEvent() {
    return (head & STARTS_EVENT) != 0;
  }

  long time() {
    return time;
  }

  int item() {
    return Math.toIntExact(item >>> 1) - 1;
  }

  float price() {
    return price;
  }

  int idLength() {
    return idLength;
  }

  /// Copies the id of the line's event, packed.
  void copyId(byte[] to, int offset) {
    in.copy(idFrom, idLength, to, offset);
  }

  boolean hasText() {
    return textLeft;
  }

  /// The line's own words, to be asked for once.
  String text() {
    textLeft = false;
    return in.text();
  }

  private void passText() {
    if (textLeft) {
      textLeft = false;
      in.skipText();
    }
  }

  /// Goes past all lines.
  ///
  /// @return the largest index of an item
  /// @throws RuntimeException when one of them could not be read later
  static int skip(RecordReader in, int bound) {
    LogLines lines = new LogLines(in, bound);
    int largest = Vocabulary.UNKNOWN;
    for (int i = 0; i < lines.count; i++) {
      lines.next();
      largest = Math.max(largest, lines.item());
      EventKind.ofCode(lines.kind());
    }
    lines.passText();
    return largest;
  }

  /// The lines that do not say that something is not wanted.
  static History history(RecordReader in, int bound) {
    LogLines lines = new LogLines(in, bound);
    HistoryColumns columns = new HistoryColumns(lines.count);
    for (int i = 0; i < lines.count; i++) {
      lines.next();
      if (!EventKind.ofCode(lines.kind()).isRefusal()) {
        columns.add(lines.item(), lines.kind(), lines.time(), lines.price(), lines.startsEvent());
      }
    }
    return columns.history();
  }
}
