package io.zhiyin.cluster.state;

import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.Journal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The last events of a journal, for one who follows closely behind and would else read and decode
/// them again. One thread puts, another takes; who falls behind finds them in the journal.
final class Tail implements Journal.Reader {
  /// Power of two.
  static final int SIZE = 8_192;

  private final @Nullable Event[] ring = new @Nullable Event[SIZE];
  private final ReentrantLock lock = new ReentrantLock();

  /// The offset behind the last event.
  private long end;

  /// The offset of the first event that is still here.
  private long start;

  /// @param end the offset of the first event that will be put
  Tail(long end) {
    this.end = end;
    this.start = end;
  }

  @Override
  public void accept(long offset, Event event) {
    lock.lock();
    try {
      if (offset != end) {
        start = offset;
      }
      ring[(int) (offset & (SIZE - 1))] = event;
      end = offset + 1;
      start = Math.max(start, end - SIZE);
    } finally {
      lock.unlock();
    }
  }

  /// Takes out the events from an offset on.
  ///
  /// @return whether they were here; otherwise `events` is as it was
  boolean take(long from, List<Event> events) {
    lock.lock();
    try {
      if (from < start || from > end) {
        return false;
      }
      for (long at = from; at < end; at++) {
        int slot = (int) (at & (SIZE - 1));
        Event event = ring[slot];
        events.add(Objects.requireNonNull(event, "a hole in the tail"));
        ring[slot] = null;
      }
      start = end;
      return true;
    } finally {
      lock.unlock();
    }
  }
}
