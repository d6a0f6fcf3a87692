package io.zhiyin.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.zhiyin.server.config.Patience;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One connection, and what it is at. Its own thread says what it does; the thread that looks at
/// all of them closes those that keep the server waiting for too long, and tells them why where
/// that is possible.
final class Connection {
  /// Why a connection was closed before its client did so.
  enum Reason {
    IDLE,
    SLOW_HEAD,
    UNREAD,
    /// There were too many, and this one had been without a whole request for the longest.
    CROWDED;

    String wireName() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  private enum State {
    /// No byte of a request is there.
    IDLE,
    /// Some bytes of a head are there.
    HEAD,
    BODY,
    /// A request is there as a whole, and being worked on.
    ANSWERING,
    /// All was said, and what the client still sends is thrown away.
    LINGERING
  }

  /// The most that is thrown away of a request that was refused before it was read.
  private static final int MOST_THROWN_AWAY = 16 << 20;

  private static final ThreadLocal<@Nullable Connection> CURRENT = new ThreadLocal<>();

  private final ConnectionContext context;
  private final DataReader reader;
  private State state = State.IDLE;
  private long since = System.nanoTime();
  private boolean writing;
  private long writingSince;
  private boolean refused;
  private @Nullable Reason ended;

  Connection(ConnectionContext context) {
    this.context = context;
    this.reader = DataReader.create(this::more);
  }

  /// The connection that the calling thread serves.
  static Connection current() {
    return Objects.requireNonNull(CURRENT.get(), "not the thread of a connection");
  }

  /// What the connection's requests are read from.
  DataReader reader() {
    return reader;
  }

  /// The calling thread serves this connection, until [#leave].
  void enter() {
    CURRENT.set(this);
  }

  /// Throws away what a client still sends that was refused before all of it was read: closing with
  /// bytes unread resets the connection, and the client loses the answer.
  void leave() {
    CURRENT.remove();
    if (!refused) {
      return;
    }
    become(State.LINGERING);
    try {
      for (int left = MOST_THROWN_AWAY; left > 0; ) {
        reader.ensureAvailable();
        int n = reader.available();
        reader.skip(n);
        left -= n;
      }
    } catch (DataReader.InsufficientDataAvailableException
        | CloseConnectionException
        | UncheckedIOException _) {
      // the client left, or was cut off
    }
  }

  private byte @Nullable [] more() {
    DataReader raw = context.dataReader();
    raw.ensureAvailable();
    byte[] bytes = raw.readBytes(raw.available());
    synchronized (this) {
      if (state == State.IDLE) {
        become(State.HEAD);
      }
    }
    return bytes;
  }

  private synchronized void become(State next) {
    state = next;
    since = System.nanoTime();
  }

  /// A request's body is awaited.
  void receives() {
    become(State.BODY);
  }

  /// A request's head, or all of it, is there.
  ///
  /// @throws CloseConnectionException when it came too late
  synchronized void answers() {
    if (ended != null) {
      throw new CloseConnectionException("closed as " + ended.wireName());
    }
    become(State.ANSWERING);
  }

  /// The request was answered; the next may come.
  void rests() {
    become(State.IDLE);
  }

  synchronized boolean isAnswering() {
    return state == State.ANSWERING || state == State.BODY;
  }

  /// The answer was given before all that the client sends was read; the connection ends with it.
  void refuses() {
    refused = true;
  }

  /// A piece of an answer is being given to the client.
  void writes(Runnable write) {
    synchronized (this) {
      writing = true;
      writingSince = System.nanoTime();
    }
    try {
      write.run();
    } finally {
      synchronized (this) {
        writing = false;
      }
    }
  }

  /// Since when it has been without a whole request, by the clock of [System#nanoTime]; null when
  /// there is one.
  synchronized @Nullable Long waitingSince() {
    return isWaiting() ? since : null;
  }

  private boolean isWaiting() {
    return ended == null && state != State.ANSWERING;
  }

  /// Ends it when it has kept the server waiting for too long.
  ///
  /// @return why it was ended now; null when it goes on, or was ended before
  synchronized @Nullable Reason look(long now, Patience patience) {
    if (ended != null) {
      close(); // whoever was to be told may not have read that either
      return null;
    }
    if (writing && now - writingSince > patience.unread().toNanos()) {
      return end(Reason.UNREAD);
    }
    return switch (state) {
      case IDLE -> now - since > patience.idle().toNanos() ? end(Reason.IDLE) : null;
      case HEAD -> now - since > patience.head().toNanos() ? end(Reason.SLOW_HEAD) : null;
      case LINGERING -> now - since > patience.pause().toNanos() ? end(Reason.UNREAD) : null;
      case BODY, ANSWERING -> null; // the body's reader has a watch of its own
    };
  }

  /// Closes it, unless a whole request has come in the meantime.
  ///
  /// @return whether it was closed
  synchronized boolean makeRoom() {
    if (!isWaiting()) {
      return false;
    }
    end(Reason.CROWDED);
    return true;
  }

  private Reason end(Reason why) {
    ended = why;
    if (why == Reason.SLOW_HEAD) {
      Thread _ = Thread.ofVirtual().name("zhiyin-slow-head").start(this::tellLate);
    } else {
      close();
    }
    return why;
  }

  private void tellLate() {
    try {
      context.dataWriter().writeNow(BufferData.create(late()));
    } catch (UncheckedIOException | CloseConnectionException _) {
      // it has left
    } finally {
      close();
    }
  }

  private static byte[] late() {
    Answer answer =
        Answer.problem(
            new Problem(
                Problem.Kind.TIMED_OUT,
                "The head of the request did not arrive in time; nothing was done.",
                List.of()));
    String head =
        "HTTP/1.1 408 Request Timeout\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(answer.contentType(), answer.body().length);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(answer.body());
    return all.toByteArray();
  }

  /// Wakes the connection's thread, wherever it waits for its client.
  private void close() {
    try {
      context.serverSocket().close();
    } catch (UncheckedIOException _) {
      // it is closed
    }
  }
}
