package io.zhiyin.server.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Lets in as many calls as can be worked on at one time, has a few wait, and sends the others away
/// at once: a call that would be answered too late to be of use only delays those that would not.
///
/// How long a new call would wait is known from how many wait already and how long calls take
/// (Little's law). It may be long when the queue was empty a short while ago, for that is a burst
/// which passes; while a queue stands it must be short, or everybody would wait for ever:
/// controlled delay ([Nichols & Jacobson 2012](https://doi.org/10.1145/2209249.2209264)) as
/// simplified for servers by [Maurer 2015](https://queue.acm.org/detail.cfm?id=2839461). Other than
/// there it is applied when a call comes and not when its turn comes, so that a refusal takes no
/// time; and a short queue, which is empty now and then by chance, stands all the same for as long
/// as calls are sent away, or each chance would let in another burst. Turns are in the order of
/// arrival.
final class Admission {
  /// Of the newest call in the mean of how long calls take.
  private static final double NEWEST = 0.05;

  /// For each call worked on, how many may always wait in a burst.
  private static final int FEW = 4;

  /// For each call worked on, how many may wait at most.
  static final int MANY = 16;

  private final int atOnce;
  private final long standingNanos;
  private final long burstNanos;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<CountDownLatch> waiting = new ArrayDeque<>();
  private int working;
  private double workNanos;
  private long lastEmpty;
  private long lastRefusal;

  /// @param atOnce how many calls are worked on at one time
  /// @param standing the longest wait while a queue stands
  /// @param burst the longest wait otherwise, and how long a queue must have been there to stand
  /// @param nanoTime tells the time
  Admission(int atOnce, Duration standing, Duration burst, LongSupplier nanoTime) {
    this.atOnce = atOnce;
    this.standingNanos = standing.toNanos();
    this.burstNanos = burst.toNanos();
    this.nanoTime = nanoTime;
    this.lastEmpty = nanoTime.getAsLong();
    this.lastRefusal = lastEmpty - burstNanos;
  }

  /// A call that was let in; closing it lets in the next.
  final class Pass implements AutoCloseable {
    private final long start;

    private Pass(long start) {
      this.start = start;
    }

    @Override
    public void close() {
      leave(nanoTime.getAsLong() - start);
    }
  }

  /// Returns when it is this call's turn.
  ///
  /// @throws OverloadedException at once when that would be too late
  Pass enter() throws InterruptedException {
    CountDownLatch turn = queue();
    if (turn != null) {
      try {
        turn.await();
      } catch (InterruptedException e) {
        giveUp(turn);
        throw e;
      }
    }
    return new Pass(nanoTime.getAsLong());
  }

  /// Null when there is nothing to wait for.
  private @Nullable CountDownLatch queue() {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      if (waiting.isEmpty()) {
        lastEmpty = now;
      }
      if (working < atOnce) {
        working++;
        return null;
      }
      if (!mayWait(now - lastEmpty > burstNanos || now - lastRefusal < burstNanos)) {
        lastRefusal = now;
        throw new OverloadedException();
      }
      CountDownLatch turn = new CountDownLatch(1);
      waiting.add(turn);
      return turn;
    } finally {
      lock.unlock();
    }
  }

  /// However long calls take, a few may wait, and one while a queue stands: just after a start
  /// every call takes long.
  private boolean mayWait(boolean stands) {
    int ahead = waiting.size();
    if (ahead < (stands ? 1 : FEW * atOnce)) {
      return true;
    }
    double wait = (ahead + 1) * workNanos / atOnce;
    return wait <= (stands ? standingNanos : burstNanos) && ahead < MANY * atOnce;
  }

  private void leave(long nanos) {
    lock.lock();
    try {
      workNanos = workNanos == 0 ? nanos : workNanos + NEWEST * (nanos - workNanos);
      handOver();
    } finally {
      lock.unlock();
    }
  }

  /// Gives the place of a call that is done to the one that waits longest.
  private void handOver() {
    CountDownLatch next = waiting.poll();
    if (next == null) {
      working--;
    } else {
      next.countDown();
    }
    if (waiting.isEmpty()) {
      lastEmpty = nanoTime.getAsLong();
    }
  }

  private void giveUp(CountDownLatch turn) {
    lock.lock();
    try {
      if (!waiting.remove(turn)) {
        handOver(); // its turn had come meanwhile
      }
    } finally {
      lock.unlock();
    }
  }

  /// How many calls are worked on now.
  int working() {
    lock.lock();
    try {
      return working;
    } finally {
      lock.unlock();
    }
  }

  /// How many calls wait now.
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }
}
