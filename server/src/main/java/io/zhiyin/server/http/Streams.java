package io.zhiyin.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The answers that go on. There is a bound to how long one lasts, so that a key that was revoked
/// is asked for again; a stop of the server ends them at once.
final class Streams {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final CountDownLatch stopping = new CountDownLatch(1);

  /// Sends what the flow says, once a second, until one of the ends.
  void run(Flow flow, OutputStream out) throws IOException {
    long turns = LONGEST.dividedBy(EVERY);
    try {
      do {
        out.write(flow.next());
        out.flush();
      } while (--turns > 0 && !stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends all of them.
  void stop() {
    stopping.countDown();
  }
}
