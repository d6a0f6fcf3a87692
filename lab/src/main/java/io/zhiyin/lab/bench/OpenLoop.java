package io.zhiyin.lab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// Asks at a constant rate whether or not the server keeps up, and counts each request's time from
/// the moment when it should have been sent: a server that stands still is charged for everything
/// that should have come meanwhile (no [coordinated
/// omission](https://www.infoq.com/presentations/latency-response-time/)).
///
/// One thread sends each request at its moment on a connection that is free, and one waits for the
/// answers on all connections. While all of them wait for answers, moments pass, and the time runs.
///
/// Each run goes on with the numbers where the one before ended, so no request comes twice: an
/// event that a shop has already is answered without being written, and such answers say nothing of
/// events. The runs of one loop follow each other.
final class OpenLoop {
  /// How many requests can wait for their answers at one time.
  static final int CONNECTIONS = 256;

  private static final long LOOK_MILLIS = 1_000;

  /// What clients that ask one after the other may be answered a second, three times what was seen.
  private static final int MOST_A_SECOND = 100_000;

  private final int port;
  private final IntFunction<byte[]> requests;
  private int numbered;

  /// @param requests the bytes of request number i
  OpenLoop(int port, IntFunction<byte[]> requests) {
    this.port = port;
    this.requests = requests;
  }

  /// Sends for so long at so many a second.
  Answers run(double rate, double seconds) throws InterruptedException {
    return run(rate, seconds, _ -> {});
  }

  /// The same, for who watches: is given what is being answered before anything is sent.
  Answers run(double rate, double seconds, Consumer<Answers> watcher) throws InterruptedException {
    Answers answers = new Answers((int) Math.max(1, rate * seconds));
    watcher.accept(answers);
    return run(rate, (int) Math.min(CONNECTIONS, Math.max(4, rate)), answers);
  }

  /// The same from no more than so many clients: what finds none free is sent late, and its time
  /// runs from when it should have been sent all the same.
  Answers run(double rate, double seconds, int clients) throws InterruptedException {
    return run(rate, clients, new Answers((int) Math.max(1, rate * seconds)));
  }

  /// As many clients as there are processors, each asking one after the other: more would have to
  /// wait where lists take long, and who is refused asks again at once, which warms up nothing.
  void warmUp(int seconds) {
    closed(Runtime.getRuntime().availableProcessors(), seconds);
  }

  /// Sends as fast as so many clients get their answers, each asking one after the other.
  ///
  /// @throws BenchFailedException when there were more answers than there is room for, as the rest
  ///   of the time would go unmeasured
  Answers closed(int clients, double seconds) {
    Answers answers = new Answers((int) Math.ceil((1 + seconds) * MOST_A_SECOND));
    try (Clients all = new Clients(clients)) {
      long end = System.nanoTime() + (long) (seconds * 1e9);
      Closed work = new Closed(answers, numbered, end);
      all.connections.forEach(work::next);
      while (work.waiting > 0) {
        all.receive(work::answered);
      }
      if (work.next == answers.capacity()) {
        throw new BenchFailedException(
            "%d answers came before the time was over, more than are kept; raise MOST_A_SECOND in OpenLoop"
                .formatted(work.next));
      }
      numbered += work.next;
      return answers.done(work.next);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What became of the requests of clients that each ask one after the other.
  private final class Closed {
    private final Answers answers;
    private final int first;
    private final long end;
    private int next;
    private int waiting;

    Closed(Answers answers, int first, long end) {
      this.answers = answers;
      this.first = first;
      this.end = end;
    }

    /// Sends the next request, unless the time is over; one that cannot be sent is a bad one.
    void next(LoadConnection connection) {
      while (next < answers.capacity() && System.nanoTime() - end < 0) {
        int i = next++;
        byte[] request = requests.apply(first + i);
        long now = System.nanoTime();
        if (connection.send(i, request, now, now)) {
          waiting++;
          return;
        }
        connection.put(answers, LoadConnection.FAILED, System.nanoTime());
      }
    }

    void answered(LoadConnection connection, int status) {
      connection.put(answers, status, System.nanoTime());
      waiting--;
      next(connection);
    }
  }

  private Answers run(double rate, int clients, Answers answers) throws InterruptedException {
    int count = answers.capacity();
    int first = numbered;
    try (Clients all = new Clients(clients)) {
      BlockingQueue<LoadConnection> free = new LinkedBlockingQueue<>(all.connections);
      Thread receiver =
          Thread.ofPlatform()
              .name("receiver")
              .start(
                  () ->
                      all.receiveUntilStopped(
                          (connection, status) -> {
                            connection.put(answers, status, System.nanoTime());
                            free.add(connection);
                          }));
      double gap = 1e9 / rate;
      long start = System.nanoTime() + 50_000_000;
      for (int i = 0; i < count; i++) {
        byte[] request = requests.apply(first + i);
        long intended = start + (long) (i * gap);
        waitUntil(intended);
        LoadConnection connection = take(free, receiver);
        if (!connection.send(i, request, intended, System.nanoTime())) {
          connection.put(answers, LoadConnection.FAILED, System.nanoTime());
          free.add(connection);
        }
      }
      for (int c = 0; c < clients; c++) {
        take(free, receiver);
      }
      all.stop();
      receiver.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    numbered += count;
    return answers.done(count);
  }

  /// A connection that waits for no answer. Once nobody receives answers none would ever be free.
  private static LoadConnection take(BlockingQueue<LoadConnection> free, Thread receiver)
      throws InterruptedException {
    while (true) {
      LoadConnection connection = free.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (connection != null) {
        return connection;
      }
      if (!receiver.isAlive()) {
        throw new BenchFailedException(
            "the generator failed while it received answers; its reason stands above");
      }
    }
  }

  private static void waitUntil(long moment) {
    for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /// Is told of each answer, and of each request that failed.
  @FunctionalInterface
  private interface Receiver {
    void answered(LoadConnection connection, int status);
  }

  /// Connections that were all made before anything is sent: hundreds that are made at one moment
  /// take the cores for most of a second, and are not what is measured.
  private final class Clients implements AutoCloseable {
    private final Selector selector = Selector.open();
    private final List<LoadConnection> connections = new ArrayList<>();
    private long looked = System.nanoTime();
    private volatile boolean stopped;

    Clients(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        connections.add(new LoadConnection(port, selector));
      }
    }

    void receiveUntilStopped(Receiver receiver) {
      try {
        while (!stopped) {
          receive(receiver);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// Waits until something has come, for a second at most.
    void receive(Receiver receiver) throws IOException {
      selector.select(
          key -> {
            LoadConnection connection = (LoadConnection) key.attachment();
            int status = connection.receive();
            if (status != LoadConnection.NONE) {
              receiver.answered(connection, status);
            }
          },
          LOOK_MILLIS);
      long now = System.nanoTime();
      if (now - looked > TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)) {
        looked = now;
        for (LoadConnection connection : connections) {
          if (connection.giveUp(now)) {
            receiver.answered(connection, LoadConnection.FAILED);
          }
        }
      }
    }

    void stop() {
      stopped = true;
      selector.wakeup();
    }

    @Override
    public void close() throws IOException {
      selector.close();
      for (LoadConnection connection : connections) {
        connection.close();
      }
    }
  }
}
