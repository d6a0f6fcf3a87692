package io.zhiyin.server.telemetry;

import java.util.function.LongSupplier;

/// What one shop's server did in the last minute, second by second. Safe for use by many threads.
public final class Pulse {
  private static final int SECONDS = 64;
  private static final int WINDOW = 60;

  /// Rates are of the last whole seconds, so that they follow quickly.
  private static final int RATE_WINDOW = 5;

  /// Four buckets for each doubling, from a microsecond to about an hour.
  private static final int STEPS = 4;

  private static final int BUCKETS = 32 * STEPS;

  private final LongSupplier nanoTime;
  private final long start;
  private final Second[] seconds = new Second[SECONDS];
  private long lastEvent = -1;

  private static final class Second {
    private long at = -1;
    private long events;
    private long lists;
    private long degraded;
    private final int[] latencies = new int[BUCKETS];

    private void begin(long second) {
      at = second;
      events = 0;
      lists = 0;
      degraded = 0;
      java.util.Arrays.fill(latencies, 0);
    }
  }

  /// @param nanoTime tells the time
  public Pulse(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    java.util.Arrays.setAll(seconds, _ -> new Second());
  }

  private long second() {
    return (nanoTime.getAsLong() - start) / 1_000_000_000L;
  }

  private Second now() {
    long second = second();
    Second slot = seconds[(int) (second % SECONDS)];
    if (slot.at != second) {
      slot.begin(second);
    }
    return slot;
  }

  synchronized void event() {
    Second now = now();
    now.events++;
    lastEvent = now.at;
  }

  synchronized void list(long nanos) {
    Second now = now();
    now.lists++;
    now.latencies[bucket(nanos)]++;
  }

  synchronized void degraded() {
    now().degraded++;
  }

  private static int bucket(long nanos) {
    double doublings = Math.log(Math.max(1, nanos / 1_000.0)) / Math.log(2);
    return Math.min(BUCKETS - 1, (int) (doublings * STEPS));
  }

  /// The last minute.
  ///
  /// @param events and lists: a second, over the last five whole seconds
  /// @param made lists in the minute
  /// @param degraded lists in the minute of which a part was left out
  /// @param eventsInMinute events in the minute
  /// @param p50Micros time to make a list, exact to a fifth; 0 when none was made
  /// @param silentSeconds since the last event, or since the start when none came
  public record Reading(
      double events,
      double lists,
      long made,
      long degraded,
      long eventsInMinute,
      long p50Micros,
      long p99Micros,
      long silentSeconds) {}

  public synchronized Reading read() {
    long now = second();
    long events = 0;
    long lists = 0;
    long made = 0;
    long degraded = 0;
    long eventsInMinute = 0;
    long[] latencies = new long[BUCKETS];
    for (Second second : seconds) {
      long age = now - second.at;
      if (second.at >= 0 && age <= WINDOW) {
        boolean recent = age >= 1 && age <= RATE_WINDOW;
        events += recent ? second.events : 0;
        lists += recent ? second.lists : 0;
        eventsInMinute += second.events;
        made += second.lists;
        degraded += second.degraded;
        for (int i = 0; i < BUCKETS; i++) {
          latencies[i] += second.latencies[i];
        }
      }
    }
    return new Reading(
        (double) events / RATE_WINDOW,
        (double) lists / RATE_WINDOW,
        made,
        degraded,
        eventsInMinute,
        quantile(latencies, made, 0.5),
        quantile(latencies, made, 0.99),
        now - Math.max(0, lastEvent));
  }

  /// The upper end of the bucket, in microseconds.
  private static long quantile(long[] latencies, long all, double share) {
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += latencies[i];
      if (seen > 0 && seen >= share * all) {
        return Math.round(Math.pow(2, (i + 1.0) / STEPS));
      }
    }
    return 0;
  }
}
