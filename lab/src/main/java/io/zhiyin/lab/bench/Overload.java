package io.zhiyin.lab.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// More than the server can answer: what becomes of the requests that it takes, how soon the others
/// are sent away, how long until all is as before, and what it does to memory.
final class Overload {
  /// Of capacity: what counts as unloaded.
  private static final double CALM = 0.2;

  private static final int CAPACITY_SECONDS = 6;

  /// As many as are let in at once, so that none is sent away and the processors never wait.
  private static final int CAPACITY_CLIENTS = Runtime.getRuntime().availableProcessors() + 1;

  private final PrintWriter out;
  private final LoadOptions options;
  private final ServerProcess server;
  private final OpenLoop load;

  Overload(
      PrintWriter out, LoadOptions options, ServerProcess server, IntFunction<byte[]> requests) {
    this.out = out;
    this.options = options;
    this.server = server;
    this.load = new OpenLoop(server.port(), requests);
  }

  List<Result> run(String prefix) throws IOException, InterruptedException {
    List<Result> results = new ArrayList<>();
    String name = prefix + ".overload";
    say("Looking for the most it can answer with %d clients".formatted(CAPACITY_CLIENTS));
    Answers most = load.closed(CAPACITY_CLIENTS, CAPACITY_SECONDS);
    double capacity = most.good() / most.seconds();
    results.add(Result.derived(name + ".capacity", "1/s", capacity));
    say("A calm time, %.0f %% of it, for %d s".formatted(100 * CALM, options.seconds));
    Answers calm = load.run(CALM * capacity, options.seconds);
    ServeBench.latency(results, name + ".unloaded", calm);
    double heap = server.liveHeapMegabytes();
    double rss = server.residentMegabytes();
    say(
        "%.1f times as much as it can answer, for %d s"
            .formatted(options.overload, options.seconds));
    Answers flood = load.run(options.overload * capacity, options.seconds);
    Answers after = load.run(CALM * capacity, options.seconds);
    ServeBench.latency(results, name + ".admitted", flood);
    // the generator shares the cores: what it could not send in time is not the server's doing
    service(results, name + ".admitted-since-sent", flood.serviceMillis(code -> code == 200));
    // a flood begins as a burst does, and of a burst some wait longer
    service(results, name + ".admitted-after-a-second", flood.serviceMillisAfter(1));
    service(results, name + ".unloaded-since-sent", calm.serviceMillis(code -> code == 200));
    service(results, name + ".rejected-since-sent", flood.serviceMillis(code -> code == 503));
    results.add(Result.derived(name + ".asked", "1/s", flood.size() / flood.seconds()));
    results.add(Result.derived(name + ".admitted-rate", "1/s", flood.good() / flood.seconds()));
    double rejected = flood.count(code -> code == 503);
    results.add(Result.derived(name + ".rejected", "share", rejected / flood.size()));
    results.add(Result.derived(name + ".errors", "requests", flood.bad() - rejected));
    double calmP99 = Answers.quantile(calm.serviceMillis(code -> code == 200), 0.99);
    double floodP99 = Answers.quantile(flood.serviceMillis(code -> code == 200), 0.99);
    results.add(Result.derived(name + ".p99-to-unloaded", "ratio", floodP99 / calmP99));
    double standingP99 = Answers.quantile(flood.serviceMillisAfter(1), 0.99);
    results.add(
        Result.derived(name + ".p99-to-unloaded-after-a-second", "ratio", standingP99 / calmP99));
    results.add(Result.derived(name + ".recovery", "s", recovery(after, 2 * calmP99)));
    results.add(Result.derived(name + ".after.errors", "requests", after.bad()));
    results.add(Result.derived(name + ".heap-growth", "MiB", server.liveHeapMegabytes() - heap));
    results.add(Result.derived(name + ".rss-growth", "MiB", server.residentMegabytes() - rss));
    return results;
  }

  private static void service(List<Result> results, String name, double[] millis) {
    double p50 = Answers.quantile(millis, 0.5);
    results.add(new Result(name, "ms", p50, p50, Answers.quantile(millis, 0.99), millis.length));
  }

  /// The first second after the flood from which on p99 is below the bar.
  private static double recovery(Answers after, double bar) {
    int seconds = (int) after.seconds();
    int since = seconds;
    for (int second = seconds - 1; second >= 0; second--) {
      if (!(Answers.quantile(after.millisInSecond(second), 0.99) <= bar)) {
        break;
      }
      since = second;
    }
    return since;
  }

  private void say(String text) {
    out.println(text + " …");
    out.flush();
  }
}
