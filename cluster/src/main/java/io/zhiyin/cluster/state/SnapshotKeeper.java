package io.zhiyin.cluster.state;

import io.zhiyin.cluster.journal.RocksJournal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;

/// Writes snapshots of one shop's state in the background, so that a start need not fold the whole
/// journal. The journal stays the only truth: a snapshot may be missing at any time.
///
/// A snapshot is due after [#MIN_TAIL] events, but writing takes no more than about a tenth of the
/// time. None is written while a user is erased, and all are deleted then.
final class SnapshotKeeper {
  /// A shorter tail is folded in a second or two.
  static final long MIN_TAIL = 200_000;

  private static final System.Logger LOG = System.getLogger(SnapshotKeeper.class.getName());
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration MIN_PAUSE = Duration.ofSeconds(60);

  private final SnapshotFiles files;
  private final RocksJournal journal;
  private final ShopState state;
  private final Thread thread;
  private final Object writing = new Object();
  private volatile boolean closed;
  private volatile boolean dropping;

  /// What the newest snapshot has.
  private volatile long kept;

  /// @param kept the position of the newest snapshot, 0 when there is none
  SnapshotKeeper(SnapshotFiles files, RocksJournal journal, ShopState state, long kept) {
    this.files = files;
    this.journal = journal;
    this.state = state;
    this.kept = kept;
    this.thread = BackgroundThread.of("zhiyin-snapshots", this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    long pause = LOOK_EVERY.toNanos();
    while (!closed) {
      LockSupport.parkNanos(this, pause);
      pause = LOOK_EVERY.toNanos();
      if (!closed && isDue()) {
        long start = System.nanoTime();
        writeQuietly();
        pause = Math.max(MIN_PAUSE.toNanos(), 9 * (System.nanoTime() - start));
      }
    }
  }

  boolean isDue() {
    return state.position() - kept >= MIN_TAIL;
  }

  private void writeQuietly() {
    try {
      write();
    } catch (IOException problem) {
      LOG.log(
          System.Logger.Level.WARNING,
          "No snapshot was written, so the next start reads more of the journal: {0}",
          problem.getMessage());
    }
  }

  /// Writes a snapshot now.
  ///
  /// @return whether there is one of at least the events that were folded when this was called;
  ///   there is none while a user is being erased
  boolean write() throws IOException {
    synchronized (writing) {
      Optional<StateImage> image = dropping ? Optional.empty() : state.image();
      if (image.isEmpty()) {
        return false;
      }
      try {
        long position = image.get().position();
        files.write(image.get(), journal.stamp(position), this::goOn);
        kept = position;
        return true;
      } catch (CancellationException erasing) {
        return false;
      } finally {
        image.get().profiles().cancel();
      }
    }
  }

  private void goOn() {
    if (dropping) {
      throw new CancellationException("a user is being erased");
    }
  }

  /// Stops a snapshot that is being written, and deletes all there are. None is begun while an
  /// erasure is folded but not finished.
  void drop() throws IOException {
    dropping = true;
    synchronized (writing) {
      dropping = false;
      files.deleteAll();
      kept = 0;
    }
  }

  /// Stops; a snapshot is written first when one is due.
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    LockSupport.unpark(thread);
    if (thread.getState() != Thread.State.NEW && isDue()) {
      writeQuietly();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
