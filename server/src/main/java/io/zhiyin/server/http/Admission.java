package io.zhiyin.server.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Lets in as many calls as can be worked on at one time, has a few wait, and sends the others away
/// at once: a call that would be answered too late to be of use only delays those that would not.
///
/// How long a new call would wait is known from how many wait already, how long calls take
/// (Little's law), and since when those are worked on that are. It may be long when the queue was
/// empty a short while ago, for that is a burst which passes; while a queue stands it must be
/// short, or everybody would wait for ever: controlled delay ([Nichols & Jacobson
/// 2012](https://doi.org/10.1145/2209249.2209264)) as simplified for servers by [Maurer
/// 2015](https://queue.acm.org/detail.cfm?id=2839461). Other than there it is applied when a call
/// comes and not when its turn comes, so that a refusal takes no time; and a short queue, which is
/// empty now and then by chance, stands all the same for as long as calls are sent away, or each
/// chance would let in another burst. Turns are in the order of arrival.
///
/// Two things keep a flood from making those late who are let in. A standing queue is of use only
/// to a place that becomes free, which must not wait for the next call: in a flood that comes at
/// once, so a call may wait no longer than a few others take to come. And a flood begins like a
/// burst: once more came than may wait, each call that is sent away takes with it the one that came
/// last, until few wait.
final class Admission {
  /// Of the newest call in the mean of how long calls take.
  private static final double NEWEST = 0.05;

  /// For each call worked on, how many may always wait in a burst, as just after a start every call
  /// takes long, and stay when it was none.
  private static final int FEW = 4;

  /// For each call worked on, how many may wait at most.
  static final int MANY = 16;

  /// As long as so many calls take to come: that none comes meanwhile is one chance in twenty
  /// (exp(-3), when they come at random).
  private static final double ENOUGH = 3;

  private final int atOnce;
  private final long standingNanos;
  private final long burstNanos;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Pass> waiting = new ArrayDeque<>();

  /// In the order in which they began.
  private final LinkedHashSet<Pass> working = new LinkedHashSet<>();

  private double workNanos;
  private double betweenNanos;
  private long lastCall;
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
    this.lastCall = lastEmpty;
    this.betweenNanos = burstNanos;
  }

  /// A call that was let in; closing it lets in the next.
  final class Pass implements AutoCloseable {
    private final CountDownLatch turn = new CountDownLatch(1);
    private long began;
    private boolean sentAway;

    @Override
    public void close() {
      leave(this);
    }
  }

  /// Returns when it is this call's turn.
  ///
  /// @throws OverloadedException when that would be too late: at once, or, of who came last in what
  ///   looked like a burst, once it goes on
  Pass enter() throws InterruptedException {
    Pass pass = queue();
    try {
      pass.turn.await();
    } catch (InterruptedException e) {
      giveUp(pass);
      throw e;
    }
    if (pass.sentAway) {
      throw new OverloadedException();
    }
    return pass;
  }

  private Pass queue() {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      betweenNanos += NEWEST * (Math.min(now - lastCall, burstNanos) - betweenNanos);
      lastCall = now;
      if (waiting.isEmpty()) {
        lastEmpty = now;
      }
      Pass pass = new Pass();
      if (working.size() < atOnce) {
        begin(pass, now);
      } else if (mayWait(now)) {
        waiting.add(pass);
      } else {
        lastRefusal = now;
        takeTheLastAlong();
        throw new OverloadedException();
      }
      return pass;
    } finally {
      lock.unlock();
    }
  }

  private void takeTheLastAlong() {
    if (waiting.size() > FEW * atOnce) {
      Pass last = waiting.removeLast();
      last.sentAway = true;
      last.turn.countDown();
    }
  }

  private void begin(Pass pass, long now) {
    pass.began = now;
    working.add(pass);
    pass.turn.countDown();
  }

  private boolean mayWait(long now) {
    boolean stands = now - lastEmpty > burstNanos || now - lastRefusal < burstNanos;
    int ahead = waiting.size();
    if (!stands && ahead < FEW * atOnce) {
      return true;
    }
    double longest = stands ? Math.min((double) standingNanos, ENOUGH * betweenNanos) : burstNanos;
    return ahead < MANY * atOnce && expectedWait(now) <= longest;
  }

  /// How long a call that comes now would wait, were all to take as long as they do in the mean:
  /// until the first of those worked on is done, and then until all are let in who wait already.
  private double expectedWait(long now) {
    double first = workNanos - (now - working.getFirst().began);
    return Math.max(0, first) + waiting.size() * workNanos / atOnce;
  }

  private void leave(Pass pass) {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      long nanos = now - pass.began;
      workNanos = workNanos == 0 ? nanos : workNanos + NEWEST * (nanos - workNanos);
      handOver(pass, now);
    } finally {
      lock.unlock();
    }
  }

  /// Gives the place of a call that is done to the one that waits longest.
  private void handOver(Pass done, long now) {
    working.remove(done);
    Pass next = waiting.poll();
    if (next != null) {
      begin(next, now);
    }
    if (waiting.isEmpty()) {
      lastEmpty = now;
    }
  }

  private void giveUp(Pass pass) {
    lock.lock();
    try {
      if (!waiting.remove(pass) && !pass.sentAway) {
        handOver(pass, nanoTime.getAsLong()); // its turn had come meanwhile
      }
    } finally {
      lock.unlock();
    }
  }

  /// How many calls are worked on now.
  int working() {
    lock.lock();
    try {
      return working.size();
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
