package io.zhiyin.learning.train;

import java.time.Duration;
import java.util.Optional;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.TCPStore;

/// A training of several processes as its leader sees it: the others come, wait until there is
/// something to learn, and learn in step. What they say is neither encrypted nor signed, and
/// everyone who reaches the address may take part.
public final class Rendezvous implements AutoCloseable {
  /// How long the leader waits for all to come.
  public static final Duration COMING = Duration.ofMinutes(5);

  /// How long those who have come may take to connect with each other.
  static final Duration CONNECTING = Duration.ofMinutes(1);

  static final String HELLO = "zhiyin/hello";
  static final String ARRIVED = "zhiyin/arrived";
  static final String GO = "zhiyin/go";
  static final String OVER = "zhiyin/over";

  private static final long POLL_MILLIS = 20;

  private final MeetingPlace place;
  private final int size;
  private final Store store;
  private boolean begun;

  private Rendezvous(MeetingPlace place, int size) {
    this.place = place;
    this.size = size;
    try {
      store = place.open(true, CONNECTING);
      store.set(
          HELLO, new Hello(CodeVersion.current(), size, ProcessHandle.current().pid()).text());
    } catch (RuntimeException e) {
      throw new PeerLostException(
          "No worker can join at " + place + ": is the port taken, or the name of another machine?",
          "无法在 " + place + " 等待其他进程：端口是否被占用，或主机名属于别的机器？",
          e);
    }
  }

  /// Opens a place where others can come.
  ///
  /// @param where `HOST:PORT`, 0 for any free port, or `file:PATH` on one machine
  /// @param size processes in all, this one included
  public static Rendezvous open(String where, int size) {
    return new Rendezvous(MeetingPlace.of("listen", where), size);
  }

  /// What the leader tells those who come.
  record Hello(String code, int size, long pid) {
    private static final String FORMAT = "zhiyin-workers-1";

    String text() {
      return String.join("\n", FORMAT, code, Integer.toString(size), Long.toString(pid));
    }

    static Optional<Hello> of(String text) {
      String[] lines = text.split("\n", -1);
      return lines.length == 4 && lines[0].equals(FORMAT)
          ? Optional.of(new Hello(lines[1], Integer.parseInt(lines[2]), Long.parseLong(lines[3])))
          : Optional.empty();
    }
  }

  /// Where the others can join, as [Follower#join] takes it.
  public String where() {
    return place instanceof MeetingPlace.Address address && store instanceof TCPStore tcp
        ? address.host() + ":" + (tcp.getPort() & 0xffff)
        : place.toString();
  }

  /// Waits until all have come.
  ///
  /// @param patience how long
  /// @param watch called now and then; may throw when it knows that someone will not come
  /// @throws PeerLostException when not all came in time
  public void gather(Duration patience, Runnable watch) {
    long end = System.nanoTime() + patience.toNanos();
    for (long come = arrived(); come < size - 1; come = arrived()) {
      watch.run();
      if (System.nanoTime() > end) {
        throw new PeerLostException(
            "Only %d of %d workers came within %d s. Start the others with './zhiyin train --join %s' and try again."
                .formatted(come, size - 1, patience.toSeconds(), where()),
            "%d 秒内只有 %d 个进程加入（共需 %d 个）。请用 './zhiyin train --join %s' 启动其余进程后重试。"
                .formatted(patience.toSeconds(), come, size - 1, where()));
      }
      pause();
    }
  }

  private long arrived() {
    return store.add(ARRIVED, 0);
  }

  /// Has all begin, once. Must be closed before this.
  Peers begin() {
    store.set(GO, "now");
    begun = true;
    return new GlooPeers(store, 0, size, place.ownAddress());
  }

  static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for other processes", e);
    }
  }

  /// Those who still wait or learn know that it is over.
  @Override
  public void close() {
    if (!begun) {
      store.set(OVER, "now");
    }
    store.close();
  }
}
