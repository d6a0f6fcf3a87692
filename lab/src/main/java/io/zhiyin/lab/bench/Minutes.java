package io.zhiyin.lab.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Watches a long run minute by minute: what was answered how fast, and how large the server is.
/// Says so while it runs, and gives the figures afterwards, from which one sees whether anything
/// grows.
final class Minutes implements AutoCloseable {
  private static final int SECONDS = 60;

  private final PrintWriter out;
  private final ServerProcess server;
  private final int minutes;
  private final List<Double> megabytes = new ArrayList<>();
  private final Thread watcher;
  private volatile boolean over;

  /// @param answers of the run that begins now
  Minutes(PrintWriter out, ServerProcess server, int seconds, Answers answers) {
    this.out = out;
    this.server = server;
    minutes = seconds / SECONDS;
    watcher = Thread.ofPlatform().daemon().name("minutes").start(() -> watch(answers));
  }

  /// Whether a run is long enough to be told in minutes.
  static boolean worthIt(int seconds) {
    return seconds >= 2 * SECONDS;
  }

  private void watch(Answers answers) {
    try {
      for (int minute = 0; minute < minutes && !over; minute++) {
        TimeUnit.SECONDS.sleep(SECONDS);
        double now = server.residentMegabytes();
        megabytes.add(now);
        double[] millis = answers.millisInSeconds(minute * SECONDS, (minute + 1) * SECONDS);
        out.printf(
            Locale.ROOT,
            "  minute %d of %d: p50 %.1f, p99 %.1f ms, %,d answered, %,.0f MiB%n",
            minute + 1,
            minutes,
            Answers.quantile(millis, 0.5),
            Answers.quantile(millis, 0.99),
            millis.length,
            now);
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      out.println("  memory cannot be read: " + e.getMessage());
    }
  }

  /// A latency and a size for each minute.
  List<Result> results(String name, Answers answers) {
    close();
    List<Result> results = new ArrayList<>();
    for (int minute = 0; minute < minutes; minute++) {
      String of = String.format(Locale.ROOT, "%s.minute-%02d", name, minute + 1);
      double[] millis = answers.millisInSeconds(minute * SECONDS, (minute + 1) * SECONDS);
      double p50 = Answers.quantile(millis, 0.5);
      results.add(new Result(of, "ms", p50, p50, Answers.quantile(millis, 0.99), millis.length));
      if (minute < megabytes.size()) {
        results.add(Result.derived(of + ".rss", "MiB", megabytes.get(minute)));
      }
    }
    return results;
  }

  /// Ends the watch, after the minute that it is in where the run is over by then.
  @Override
  public void close() {
    over = true;
    try {
      watcher.join(TimeUnit.SECONDS.toMillis(2));
      watcher.interrupt();
      watcher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
