package io.zhiyin.lab.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// Asks at a constant rate whether or not the server keeps up, and counts each request's time from
/// the moment when it should have been sent: a server that stands still is charged for everything
/// that should have come meanwhile (no [coordinated
/// omission](https://www.infoq.com/presentations/latency-response-time/)).
///
/// Each worker has a connection, takes the next number, waits for that request's moment, sends and
/// reads. While all workers wait for answers, moments pass, and the time runs.
///
/// Each run goes on with the numbers where the one before ended, so no request comes twice: an
/// event that a shop has already is answered without being written, and such answers say nothing of
/// events. The runs of one loop follow each other.
final class OpenLoop {
  /// How many requests can wait for their answers at one time.
  static final int CONNECTIONS = 256;

  private final int port;
  private final IntFunction<byte[]> requests;
  private int numbered;

  /// @param requests the bytes of request number i; called by many threads
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

  /// Sends as fast as so many clients get their answers, each asking one after the other.
  Answers closed(int clients, double seconds) throws InterruptedException {
    Answers answers = new Answers(2_000_000);
    long end = System.nanoTime() + (long) (seconds * 1e9);
    AtomicInteger next = new AtomicInteger();
    int first = numbered;
    workers(
        clients,
        () -> {},
        connection -> {
          while (System.nanoTime() - end < 0) {
            int i = next.getAndIncrement();
            if (i >= answers.capacity()) {
              return;
            }
            long start = System.nanoTime();
            answers.put(i, start, start, call(connection, first + i), System.nanoTime());
          }
        });
    int count = Math.min(next.get(), answers.capacity());
    numbered += count;
    return answers.done(count);
  }

  private Answers run(double rate, int clients, Answers answers) throws InterruptedException {
    int count = answers.capacity();
    AtomicLong start = new AtomicLong();
    double gap = 1e9 / rate;
    AtomicInteger next = new AtomicInteger();
    int first = numbered;
    workers(
        clients,
        () -> start.set(System.nanoTime() + 50_000_000),
        connection -> {
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            long intended = start.get() + (long) (i * gap);
            for (long left = intended - System.nanoTime();
                left > 0;
                left = intended - System.nanoTime()) {
              LockSupport.parkNanos(left);
            }
            long sent = System.nanoTime();
            answers.put(i, intended, sent, call(connection, first + i), System.nanoTime());
          }
        });
    numbered += count;
    return answers.done(count);
  }

  private int call(HttpConnection connection, int number) {
    try {
      return connection.call(requests.apply(number));
    } catch (IOException e) {
      return 0;
    }
  }

  private interface Work {
    void run(HttpConnection connection);
  }

  /// Everybody is connected before anybody begins: hundreds of threads and connections that are
  /// made at one moment take the cores for most of a second, and are not what is measured.
  private void workers(int count, Runnable whenConnected, Work work) throws InterruptedException {
    CountDownLatch connected = new CountDownLatch(count);
    CountDownLatch begun = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < count; w++) {
      threads.add(
          Thread.ofPlatform()
              .name("client-", w)
              .start(
                  () -> {
                    try (HttpConnection connection = new HttpConnection(port)) {
                      connected.countDown();
                      begun.await();
                      work.run(connection);
                    } catch (IOException e) {
                      connected.countDown(); // what it would have sent is sent by the others, later
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }));
    }
    connected.await();
    whenConnected.run();
    begun.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
