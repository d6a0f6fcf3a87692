package io.zhiyin.lab.bench;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// One of the kept-alive HTTP/1.1 connections of a load generator, for one request at a time. It
/// never waits: one thread waits for the answers on all of them with one [Selector], because a
/// thread for each would be woken for each answer and take cores that are the server's.
///
/// One thread may send while another receives.
final class LoadConnection implements Closeable {
  /// What [#receive] gives while there is no answer.
  static final int NONE = -1;

  /// The status of a request that got no answer.
  static final int FAILED = 0;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final int port;
  private final Selector selector;
  private final AnswerBuffer answer = new AnswerBuffer();
  private SocketChannel channel;
  private SelectionKey key;
  private ByteBuffer unsent = NOTHING;
  private boolean waiting;
  private int number;
  private long intended;
  private long sent;

  LoadConnection(int port, Selector selector) throws IOException {
    this.port = port;
    this.selector = selector;
    this.channel = connected();
    this.key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  private SocketChannel connected() throws IOException {
    SocketChannel fresh =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    fresh.setOption(StandardSocketOptions.TCP_NODELAY, true);
    fresh.configureBlocking(false);
    return fresh;
  }

  /// Sends a request; no other may be waiting for its answer.
  ///
  /// @param numbered where its times are kept
  /// @param intendedAt the moment when it should have been sent, in nanoseconds
  /// @return false when it could not be sent: nothing waits then
  synchronized boolean send(int numbered, byte[] request, long intendedAt, long now) {
    number = numbered;
    intended = intendedAt;
    sent = now;
    unsent = ByteBuffer.wrap(request);
    answer.clear();
    try {
      if (!channel.isOpen()) {
        reconnect();
      }
      waiting = true;
      write();
      return true;
    } catch (IOException broken) {
      drop();
      return false;
    }
  }

  private void write() throws IOException {
    channel.write(unsent);
    boolean all = !unsent.hasRemaining();
    int wanted = all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
      selector.wakeup();
    }
  }

  /// Goes on with what the selector found ready.
  ///
  /// @return the status of the answer when it is there as a whole, [#NONE] while it is not, and
  ///   [#FAILED] when the connection broke while a request was waiting
  synchronized int receive() {
    if (!key.isValid()) {
      return NONE; // it was dropped since the selector found it
    }
    boolean waited = waiting;
    try {
      if (unsent.hasRemaining() && key.isWritable()) {
        write();
      }
      if (!key.isReadable() || !answer.readFrom(channel)) {
        return NONE;
      }
      waiting = false;
      if (answer.isLast()) {
        reconnect();
      }
      return answer.status();
    } catch (IOException broken) {
      drop();
      return waited ? FAILED : NONE;
    }
  }

  /// Gives up a request that has waited for half a minute.
  ///
  /// @return whether there was one
  synchronized boolean giveUp(long now) {
    if (!waiting || now - sent < PATIENCE_NANOS) {
      return false;
    }
    drop();
    return true;
  }

  /// Keeps what became of the request that was sent last.
  synchronized void put(Answers answers, int status, long now) {
    answers.put(number, intended, sent, status, now);
  }

  private void reconnect() throws IOException {
    channel.close();
    channel = connected();
    key = channel.register(selector, SelectionKey.OP_READ, this);
    selector.wakeup();
  }

  private void drop() {
    waiting = false;
    unsent = NOTHING;
    try {
      channel.close();
    } catch (IOException alreadyBroken) {
      // what is left of it is closed by the system
    }
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }

  /// The bytes of one answer, as many as have come.
  private static final class AnswerBuffer {
    private static final int STATUS = "HTTP/1.1 ".length();
    private static final byte[] LENGTH = bytes("content-length:");
    private static final byte[] CLOSE = bytes("connection: close");
    private static final byte[] CHUNKED = bytes("transfer-encoding:");

    private ByteBuffer in = ByteBuffer.allocate(16 << 10);
    private int whole;
    private boolean last;

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }

    void clear() {
      in.clear();
      whole = 0;
      last = false;
    }

    int status() {
      return 100 * digit(STATUS) + 10 * digit(STATUS + 1) + digit(STATUS + 2);
    }

    private int digit(int at) {
      return in.get(at) - '0';
    }

    /// Whether the server ends the connection with this answer.
    boolean isLast() {
      return last;
    }

    /// True once the whole answer is there.
    boolean readFrom(SocketChannel channel) throws IOException {
      if (!in.hasRemaining()) {
        in = ByteBuffer.allocate(2 * in.capacity()).put(in.flip());
      }
      int from = in.position();
      if (channel.read(in) < 0) {
        throw new EOFException("the connection ended without an answer");
      }
      if (whole == 0) {
        readHead(Math.max(0, from - 3));
      }
      return whole > 0 && in.position() >= whole;
    }

    private void readHead(int from) throws IOException {
      int end = from;
      while (end + 3 < in.position() && !(in.get(end) == '\r' && in.get(end + 2) == '\r')) {
        end++;
      }
      if (end + 3 >= in.position()) {
        return;
      }
      int length = 0;
      for (int at = 0; at < end; at++) {
        if (in.get(at) != '\n') {
          continue;
        }
        if (startsWith(LENGTH, at + 1)) {
          length = number(at + 1 + LENGTH.length);
        }
        last |= startsWith(CLOSE, at + 1);
        if (startsWith(CHUNKED, at + 1)) {
          throw new IOException("the load generator reads no chunked answers");
        }
      }
      whole = end + 4 + length;
    }

    private boolean startsWith(byte[] small, int at) {
      for (int i = 0; i < small.length; i++) {
        int c = in.get(at + i);
        if (small[i] != (c >= 'A' && c <= 'Z' ? c + 32 : c)) {
          return false;
        }
      }
      return true;
    }

    private int number(int from) {
      int value = 0;
      for (int at = from; in.get(at) != '\r'; at++) {
        value = in.get(at) == ' ' ? value : 10 * value + digit(at);
      }
      return value;
    }
  }
}
