package io.zhiyin.cluster.state;

import io.zhiyin.cluster.journal.RocksJournal;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.measure.MeasureFold;
import io.zhiyin.engine.privacy.Erasure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Folds what the lists brought, a moment behind the appends and on a thread of its own, and keeps
/// it on disk.
///
/// What is kept and what is folded afterwards meet at one offset of the journal, so that nothing is
/// lost or counted twice, wherever the process ends.
final class MeasureKeeper {
  private static final System.Logger LOG = System.getLogger(MeasureKeeper.class.getName());
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration SAVE_EVERY = Duration.ofSeconds(60);

  private final MeasureFile file;
  private final RocksJournal journal;
  private final MeasureFold fold;
  private final Clock clock;
  private final Tail tail;
  private final Thread thread;

  /// Held while folding or saving, so that the place and what is folded agree.
  private final ReentrantLock working = new ReentrantLock();

  private volatile long position;
  private long saved;
  private volatile boolean closed;

  private MeasureKeeper(
      MeasureFile file, RocksJournal journal, MeasureFile.Kept kept, Clock clock) {
    this.file = file;
    this.journal = journal;
    this.fold = kept.fold();
    this.position = kept.position();
    this.saved = kept.position();
    this.clock = clock;
    this.tail = new Tail(journal.end());
    this.thread = Thread.ofPlatform().daemon().name("zhiyin-measures").unstarted(this::run);
  }

  /// Takes what is kept; folding begins with [#start].
  static MeasureKeeper open(MeasureFile file, RocksJournal journal, Clock clock)
      throws IOException {
    MeasureFile.Kept kept =
        file.load(journal).orElseGet(() -> new MeasureFile.Kept(0, new MeasureFold()));
    return new MeasureKeeper(file, journal, kept, clock);
  }

  /// Begins to fold, unless it has begun.
  synchronized void start() {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
  }

  /// Where new events are to be put, when they are durable.
  Tail tail() {
    return tail;
  }

  MeasureFold fold() {
    return fold;
  }

  /// The offset of the first event that is not measured yet.
  long position() {
    return position;
  }

  private void run() {
    long nextSave = System.nanoTime() + SAVE_EVERY.toNanos();
    while (!closed) {
      LockSupport.parkNanos(this, LOOK_EVERY.toNanos());
      long start = System.nanoTime();
      try {
        catchUp();
        if (start - nextSave >= 0) {
          saveWhatIsNew();
          long took = System.nanoTime() - start;
          nextSave = start + Math.max(SAVE_EVERY.toNanos(), 20 * took);
        }
      } catch (CancellationException stopping) {
        return;
      } catch (IOException problem) {
        nextSave = System.nanoTime() + SAVE_EVERY.toNanos();
        LOG.log(
            System.Logger.Level.WARNING,
            "What the lists brought is behind and will be read from the journal again: {0}",
            problem.getMessage());
      }
    }
  }

  /// Folds everything that is durable by now.
  void catchUp() throws IOException {
    working.lock();
    try {
      long end = journal.end();
      if (position == end) {
        return;
      }
      fold.roll(clock.instant());
      long from = position;
      List<Event> events = new ArrayList<>();
      if (tail.take(from, events)) {
        fold.applyAll(events);
        position = from + events.size();
        return;
      }
      journal.read(
          from,
          (offset, event) -> {
            if (closed) {
              throw new CancellationException("the shop is being closed");
            }
            fold.apply(event);
            position = offset + 1;
          });
      position = Math.max(position, end); // the last records may be erased ones
    } finally {
      working.unlock();
    }
  }

  private void saveWhatIsNew() throws IOException {
    working.lock();
    try {
      if (position > saved) {
        save();
      }
    } finally {
      working.unlock();
    }
  }

  private void save() throws IOException {
    fold.roll(clock.instant());
    file.save(fold, journal.stamp(position));
    saved = position;
  }

  /// Takes a user out of what is measured while the user's records go from the journal. When this
  /// returns, the user is not on the disk either.
  ///
  /// @param gone what is known of the user
  /// @param erase takes the records away
  void forget(UserErased request, Erasure.Gone gone, Erasing erase) throws IOException {
    working.lock();
    try {
      if (thread.getState() == Thread.State.NEW && saved == 0) {
        file.delete(); // nothing is measured here, or what there was cannot be used
        erase.run();
        return;
      }
      catchUp();
      fold.forget(request.userId(), gone.devices());
      file.delete();
      erase.run();
      save();
    } finally {
      working.unlock();
    }
  }

  /// Takes records off the disk.
  @FunctionalInterface
  interface Erasing {
    void run() throws IOException;
  }

  /// Stops, and keeps what is folded; what is not is folded at the next start.
  void close() {
    boolean idle = closed || thread.getState() == Thread.State.NEW;
    closed = true;
    if (idle) {
      return;
    }
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    try {
      saveWhatIsNew();
    } catch (IOException problem) {
      LOG.log(
          System.Logger.Level.WARNING,
          "What was measured last is read from the journal at the next start: {0}",
          problem.getMessage());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
