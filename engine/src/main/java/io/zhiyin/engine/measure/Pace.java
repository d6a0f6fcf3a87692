package io.zhiyin.engine.measure;

import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Who acts faster than a person can, of the shoppers seen last.
final class Pace {
  /// A shopper's events in one minute; more is no person.
  static final int MOST_A_MINUTE = 240;

  /// How long one who was too fast is left out, in milliseconds of event time.
  static final long LEFT_OUT = Duration.ofHours(24).toMillis();

  static final int MAX_SHOPPERS = 20_000;

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  private final LinkedHashMap<Long, Recent> recent =
      new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Recent> eldest) {
          return size() > MAX_SHOPPERS;
        }
      };

  private static final class Recent {
    private long minute;
    private int events;
    private long leftOutUntil = Long.MIN_VALUE;
  }

  /// Takes in one event.
  ///
  /// @return whether the shopper is taken for a program
  boolean isTooFast(long shopper, long millis) {
    Recent one = recent.get(shopper);
    if (one == null) {
      one = new Recent();
      recent.put(shopper, one);
    }
    long minute = Math.floorDiv(millis, MINUTE);
    if (minute != one.minute) {
      one.minute = minute;
      one.events = 0;
    }
    if (++one.events > MOST_A_MINUTE) {
      one.leftOutUntil = Math.max(one.leftOutUntil, millis + LEFT_OUT);
    }
    return millis < one.leftOutUntil;
  }

  void forget(long shopper) {
    recent.remove(shopper);
  }

  void write(RecordWriter out) {
    out.number(recent.size());
    recent.forEach(
        (shopper, one) ->
            out.number(shopper).number(one.minute).number(one.events).number(one.leftOutUntil));
  }

  void read(RecordReader in) {
    for (int n = in.count(); n > 0; n--) {
      long shopper = in.number();
      Recent one = new Recent();
      one.minute = in.number();
      one.events = in.whole();
      one.leftOutUntil = in.number();
      recent.put(shopper, one);
    }
  }

  int size() {
    return recent.size();
  }
}
