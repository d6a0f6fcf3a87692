package io.zhiyin.engine.measure;

import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import java.time.Duration;

/// Who acts faster than a person can.
///
/// A table with one place for each value of some bits of a shopper's hash, as this is asked for
/// every event. Whoever has a place keeps it for the minute, and while left out; who finds it taken
/// is not watched. So a program among very many shoppers may be missed, and nobody is wronged.
final class Pace {
  /// A shopper's events in one minute; more is no person.
  static final int MOST_A_MINUTE = 240;

  /// How long one who was too fast is left out, in milliseconds of event time.
  static final long LEFT_OUT = Duration.ofHours(24).toMillis();

  static final int PLACES = 1 << 15;

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  // One place: the shopper (0 for nobody), the minute, its events, and until when left out.
  private static final int WIDTH = 4;
  private static final int AT_MINUTE = 1;
  private static final int AT_EVENTS = 2;
  private static final int AT_UNTIL = 3;

  private final long[] table = new long[PLACES * WIDTH];

  private static int place(long shopper) {
    return (int) (shopper & (PLACES - 1)) * WIDTH;
  }

  /// Takes in one event.
  ///
  /// @return whether the shopper is taken for a program
  boolean isTooFast(long shopper, long millis) {
    int at = place(shopper);
    long minute = Math.floorDiv(millis, MINUTE);
    if (table[at] != shopper) {
      boolean taken = table[at] != 0 && (table[at + AT_MINUTE] >= minute || isOut(at, millis));
      if (taken) {
        return false;
      }
      put(at, shopper, minute, 0, Long.MIN_VALUE);
    } else if (table[at + AT_MINUTE] != minute) {
      table[at + AT_MINUTE] = minute;
      table[at + AT_EVENTS] = 0;
    }
    if (++table[at + AT_EVENTS] > MOST_A_MINUTE) {
      table[at + AT_UNTIL] = Math.max(table[at + AT_UNTIL], millis + LEFT_OUT);
    }
    return isOut(at, millis);
  }

  private boolean isOut(int at, long millis) {
    return millis < table[at + AT_UNTIL];
  }

  private void put(int at, long shopper, long minute, long events, long until) {
    table[at] = shopper;
    table[at + AT_MINUTE] = minute;
    table[at + AT_EVENTS] = events;
    table[at + AT_UNTIL] = until;
  }

  void forget(long shopper) {
    if (table[place(shopper)] == shopper) {
      put(place(shopper), 0, 0, 0, 0);
    }
  }

  void write(RecordWriter out) {
    for (int at = 0; at < table.length; at += WIDTH) {
      if (table[at] != 0) {
        for (int i = 0; i < WIDTH; i++) {
          out.number(table[at + i]);
        }
      }
    }
  }

  void read(RecordReader in) {
    while (!in.atEnd()) {
      long shopper = in.number();
      put(place(shopper), shopper, in.number(), in.number(), in.number());
    }
  }
}
