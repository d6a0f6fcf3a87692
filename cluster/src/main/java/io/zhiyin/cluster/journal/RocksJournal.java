package io.zhiyin.cluster.journal;

import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The journal of one shop in RocksDB, with group commit.
///
/// Callers encode their events and queue; one writer takes whatever waits, leaves out duplicates,
/// writes the rest in one synced batch, hands the new events to the follower in journal order, and
/// then wakes the callers. So many callers share one sync, and who is woken finds the event folded.
///
/// When a write fails, nothing of it is acknowledged, and further appends are refused until the
/// journal is opened again: what a failed write left on the disk is known only then.
public final class RocksJournal implements Journal {
  private static final int MAX_GROUP = 8192;
  private static final Reader NOBODY = (_, _) -> {};

  private final Path directory;
  private final RocksFiles files;
  private final BlockingQueue<Append> queue = new LinkedBlockingQueue<>();
  private final ReadWriteLock open = new ReentrantReadWriteLock();
  private final Thread writer;
  private volatile long end;
  private volatile Reader follower = NOBODY;
  private volatile @Nullable String refusal;
  private final AtomicLong erased;
  private boolean closed;

  private RocksJournal(Path directory, RocksFiles files) throws IOException {
    this.directory = directory;
    this.files = files;
    this.end = files.end();
    this.erased = new AtomicLong(files.writes() - 2 * end);
    this.writer = Thread.ofPlatform().daemon().name("journal-" + directory).unstarted(this::write);
  }

  /// Opens the journal in that directory, which is created when it is missing.
  ///
  /// @throws DataRefusedException when the files are damaged or in use
  public static RocksJournal open(Path directory) throws IOException {
    RocksFiles files = RocksFiles.open(directory);
    try {
      RocksJournal journal = new RocksJournal(directory, files);
      journal.writer.start();
      return journal;
    } catch (IOException | RuntimeException problem) {
      files.close();
      throw problem;
    }
  }

  /// From now on `reader` is handed each new event, on the writer's thread, after it is durable and
  /// before its caller is woken.
  public void follow(Reader reader) {
    follower = reader;
  }

  @Override
  public List<Outcome> append(List<Event> events) throws IOException {
    if (events.isEmpty()) {
      return List.of();
    }
    Append append = Append.of(events);
    synchronized (queue) {
      if (closed) {
        throw new IOException("The journal in " + directory + " is closed.");
      }
      queue.add(append);
    }
    try {
      return append.outcomes().join();
    } catch (CompletionException failed) {
      throw new IOException(
          failed.getCause() == null ? failed.getMessage() : failed.getCause().getMessage(), failed);
    }
  }

  @Override
  public void read(long from, long to, Reader reader) throws IOException {
    open.readLock().lock();
    try {
      checkOpen();
      files.read(from, Math.min(to, end), reader);
    } finally {
      open.readLock().unlock();
    }
  }

  @Override
  public long end() {
    return end;
  }

  /// Takes the records at these offsets, rising, off the disk for good. The ids of their events
  /// stay known as duplicates, without what they were about. May take long on a large journal.
  public void erase(long[] offsets) throws IOException {
    open.readLock().lock();
    try {
      checkOpen();
      erased.addAndGet(offsets.length);
      files.erase(offsets);
    } finally {
      open.readLock().unlock();
    }
  }

  /// What state that was folded up to `position` must have been folded from: two journals, or one
  /// before and after an erasure, differ in it.
  ///
  /// @param position the offset behind the last folded event
  public Stamp stamp(long position) throws IOException {
    open.readLock().lock();
    try {
      checkOpen();
      byte[] last = position == 0 ? new byte[0] : files.raw(position - 1);
      CRC32C crc = new CRC32C();
      crc.update(last == null ? new byte[] {0} : last);
      return new Stamp(position, erased.get(), crc.getValue());
    } finally {
      open.readLock().unlock();
    }
  }

  /// @param position the offset behind the last event
  /// @param erased how many records were erased, by whichever version of the program
  /// @param lastRecord checksum of the last record
  public record Stamp(long position, long erased, long lastRecord) {}

  /// Waits for what was queued, then closes; a second time does nothing.
  @Override
  public void close() throws IOException {
    synchronized (queue) {
      if (closed) {
        return;
      }
      closed = true;
      queue.add(Append.LAST);
    }
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    open.writeLock().lock();
    try {
      files.close();
    } finally {
      open.writeLock().unlock();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void checkOpen() throws IOException {
    synchronized (queue) {
      if (closed) {
        throw new IOException("The journal in " + directory + " is closed.");
      }
    }
  }

  private void write() {
    List<Append> group = new ArrayList<>();
    try {
      boolean more = true;
      while (more) {
        group.clear();
        more = take(group);
        commit(group);
      }
    } finally {
      // Only an Error comes here with something left; nobody may wait for ever.
      refusal = refusal == null ? "The journal's writer has stopped" : refusal;
      group.forEach(append -> append.fail(refusal));
      synchronized (queue) {
        closed = true;
        queue.forEach(append -> append.fail(refusal));
      }
    }
  }

  /// Takes what waits, at least one; false when the last was among it.
  private boolean take(List<Append> group) {
    int events = 0;
    Append next = Append.LAST;
    try {
      next = queue.take();
    } catch (InterruptedException _) {
      refusal = "The journal's writer was interrupted";
    }
    while (next != null && !next.isLast()) {
      group.add(next);
      events += next.events().size();
      next = events < MAX_GROUP ? queue.poll() : null;
    }
    return next == null || !next.isLast();
  }

  private void commit(List<Append> group) {
    if (group.isEmpty()) {
      return;
    }
    String refused = refusal;
    if (refused != null) {
      group.forEach(append -> append.fail(refused));
      return;
    }
    try (RocksFiles.Batch batch = files.batch()) {
      Group fresh = Group.of(group, files::find, end);
      fresh.putInto(batch);
      if (!fresh.isEmpty()) {
        batch.commit();
      }
      end = fresh.end();
      fresh.handTo(follower);
      fresh.acknowledge();
    } catch (IOException | RuntimeException problem) {
      refusal =
          "The journal in "
              + directory
              + " takes no more events since a write failed ("
              + problem.getMessage()
              + "): see to the disk, then start the program again.";
      group.forEach(append -> append.fail(refusal));
    }
  }

  /// For tests of damage.
  RocksFiles files() {
    return files;
  }
}
