package io.zhiyin.engine.measure;

import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import io.zhiyin.engine.event.StateSink;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Buckets by hour and, before a boundary that only moves on, by day, in UTC. What an hour had is
/// in its day afterwards, and what comes late for it goes there too, so that it changes nothing
/// when the boundary is moved.
final class Buckets {
  static final long HOUR = Duration.ofHours(1).toMillis();
  static final long DAY = Duration.ofDays(1).toMillis();

  /// Days with anything in them; more than thirteen years.
  static final int MAX_DAYS = 5_000;

  private static final byte HOUR_PIECE = 10;
  private static final byte DAY_PIECE = 11;
  private static final byte BEYOND_PIECE = 12;

  private final TreeMap<Long, Bucket> hours = new TreeMap<>();
  private final TreeMap<Long, Bucket> days = new TreeMap<>();

  /// What has no place in any series.
  private Bucket beyond = new Bucket();

  /// Hours from here on are kept apart; the start of a day.
  private long boundary = Long.MIN_VALUE;

  /// The hour of the last answer, as events come mostly in order.
  private long lastHour = Long.MIN_VALUE;

  private Bucket last = beyond;

  /// @param millis since 1970
  Bucket at(long millis) {
    long hour = Math.floorDiv(millis, HOUR);
    if (hour != lastHour) {
      last = hour * HOUR >= boundary ? hours.computeIfAbsent(hour, _ -> new Bucket()) : day(millis);
      lastHour = hour;
    }
    return last;
  }

  private Bucket day(long millis) {
    long day = Math.floorDiv(millis, DAY);
    Bucket known = days.get(day);
    if (known == null && days.size() < MAX_DAYS) {
      known = new Bucket();
      days.put(day, known);
    }
    return known == null ? beyond : known;
  }

  /// Makes days of the hours before the day of that moment.
  void roll(long millis) {
    long to = Math.floorDiv(millis, DAY) * DAY;
    if (to <= boundary) {
      return;
    }
    boundary = to;
    lastHour = Long.MIN_VALUE;
    Map<Long, Bucket> old = hours.headMap(to / HOUR, false);
    old.forEach((hour, bucket) -> day(hour * HOUR).addAll(bucket));
    old.clear();
  }

  /// Hands over every bucket that begins in the time, with its beginning.
  void forEach(long from, long to, BiConsumer<Long, Bucket> each) {
    days.subMap(Math.ceilDiv(from, DAY), Math.ceilDiv(to, DAY))
        .forEach((day, bucket) -> each.accept(day * DAY, bucket));
    hours
        .subMap(Math.ceilDiv(from, HOUR), Math.ceilDiv(to, HOUR))
        .forEach((hour, bucket) -> each.accept(hour * HOUR, bucket));
  }

  /// From here on there are hours, before it only days.
  long boundary() {
    return boundary;
  }

  void writeTo(StateSink sink) throws IOException {
    RecordWriter out = new RecordWriter();
    out.number(boundary);
    beyond.write(out);
    sink.put(BEYOND_PIECE, out.toBytes());
    for (Map.Entry<Long, Bucket> day : days.entrySet()) {
      write(DAY_PIECE, day, out, sink);
    }
    for (Map.Entry<Long, Bucket> hour : hours.entrySet()) {
      write(HOUR_PIECE, hour, out, sink);
    }
  }

  private static void write(
      byte kind, Map.Entry<Long, Bucket> entry, RecordWriter out, StateSink sink)
      throws IOException {
    out.clear();
    out.number(entry.getKey());
    entry.getValue().write(out);
    sink.put(kind, out.toBytes());
  }

  /// Takes back a piece, if it is one of these.
  boolean restore(byte kind, RecordReader in) {
    switch (kind) {
      case HOUR_PIECE -> hours.put(in.number(), Bucket.read(in));
      case DAY_PIECE -> days.put(in.number(), Bucket.read(in));
      case BEYOND_PIECE -> {
        boundary = in.number();
        beyond = Bucket.read(in);
        lastHour = Long.MIN_VALUE;
      }
      default -> {
        return false;
      }
    }
    return true;
  }
}
