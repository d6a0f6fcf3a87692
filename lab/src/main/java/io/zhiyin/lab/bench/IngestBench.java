package io.zhiyin.lab.bench;

import io.zhiyin.learning.train.FileTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/// Events over HTTP, each acknowledged when it is on disk and in its shopper's profile: one at a
/// time from many clients, and many at a time as NDJSON; beside what the disk can sync.
final class IngestBench {
  private static final int LINES = 1_000;
  private static final int BULK_CLIENTS = 4;

  private final PrintWriter out;
  private final LoadOptions options;
  private final List<Result> results = new ArrayList<>();

  IngestBench(PrintWriter out, LoadOptions options) {
    this.out = out;
    this.options = options;
  }

  List<Result> run() throws IOException, InterruptedException {
    LoadShop shop = new LoadShop(Math.min(options.items, 20_000), 1_000, 20);
    Path made = shop.directory(options.folder());
    Path data = Files.createTempDirectory(options.folder(), "ingest-");
    FileTree.delete(data);
    copy(made, data);
    Path log = options.folder().resolve("server.log");
    try (ServerProcess server = ServerProcess.start(data, options, log)) {
      results.add(Result.derived("ingest.sync", "1/s", syncs(options.folder())));
      long run = System.nanoTime();
      // each after its own warm-up, single events first: after three million in half a minute the
      // counts, the disk and the collector are at work for a while, and single events would show
      // that
      singles(server, new OpenLoop(server.port(), i -> single(shop, run, i)));
      bulk(server, new OpenLoop(server.port(), bulk(shop, run)));
    } finally {
      FileTree.delete(data);
    }
    return results;
  }

  private void singles(ServerProcess server, OpenLoop load)
      throws IOException, InterruptedException {
    say("Warming up for %d s".formatted(options.warmUp / 2));
    load.closed(options.clients, options.warmUp / 2.0);
    say("Single events from %d clients for %d s".formatted(options.clients, options.seconds));
    Counted before = Counted.by(server);
    double cpu = server.cpuSeconds();
    Answers answers = load.closed(options.clients, options.seconds);
    cpu = server.cpuSeconds() - cpu;
    Counted.by(server).checkWritten(before, answers.good());
    String name = "ingest.single.c" + options.clients;
    ServeBench.latency(results, name, answers);
    double rate = answers.good() / answers.seconds();
    results.add(Result.derived(name + ".rate", "1/s", rate));
    results.add(Result.derived(name + ".errors", "requests", answers.bad()));
    results.add(Result.derived(name + ".server-cpu", "ms/event", 1e3 * cpu / answers.size()));
    if (options.eventRate > 0) {
      constant(server, load, name + ".constant-rate", options.eventRate);
    } else {
      constant(server, load, name + ".half-rate", rate / 2);
    }
  }

  /// The same clients, each event at its own moment whatever became of those before.
  private void constant(ServerProcess server, OpenLoop load, String name, double rate)
      throws IOException, InterruptedException {
    say(
        "The same clients at a constant %,.0f events a second for %d s"
            .formatted(rate, options.seconds));
    // connections that find work only now and then take other ways through the server, which are
    // compiled when they are first taken
    load.run(rate, options.warmUp / 2.0, options.clients);
    Counted before = Counted.by(server);
    double cpu = server.cpuSeconds();
    double own = ServerProcess.ownCpuSeconds();
    Answers answers = load.run(rate, options.seconds, options.clients);
    cpu = server.cpuSeconds() - cpu;
    own = ServerProcess.ownCpuSeconds() - own;
    Counted.by(server).checkWritten(before, answers.good());
    ServeBench.latency(results, name, answers);
    results.add(ServeBench.sentLate(name, answers));
    results.add(Result.derived(name + ".server-cpu", "ms/event", 1e3 * cpu / answers.size()));
    results.add(Result.derived(name + ".generator-cpu", "ms/event", 1e3 * own / answers.size()));
  }

  private void bulk(ServerProcess server, OpenLoop load) throws IOException, InterruptedException {
    say("NDJSON, %,d events a call, from %d clients".formatted(LINES, BULK_CLIENTS));
    load.closed(BULK_CLIENTS, options.warmUp / 2.0);
    Counted before = Counted.by(server);
    double cpu = server.cpuSeconds();
    double own = ServerProcess.ownCpuSeconds();
    Answers answers = load.closed(BULK_CLIENTS, options.seconds);
    cpu = server.cpuSeconds() - cpu;
    own = ServerProcess.ownCpuSeconds() - own;
    double events = (double) answers.good() * LINES;
    Counted.by(server).checkWritten(before, events);
    results.add(Result.derived("ingest.bulk.rate", "1/s", events / answers.seconds()));
    results.add(Result.derived("ingest.bulk.errors", "requests", answers.bad()));
    results.add(Result.derived("ingest.bulk.server-cpu", "us/event", 1e6 * cpu / events));
    results.add(Result.derived("ingest.bulk.generator-cpu", "us/event", 1e6 * own / events));
    ServeBench.latency(results, "ingest.bulk.call", answers);
  }

  /// How many events the server has taken since its start.
  ///
  /// @param written those that were new: on the disk and folded
  /// @param known those that it had already, and left out
  private record Counted(double written, double known) {
    static Counted by(ServerProcess server) throws IOException {
      String metrics = server.text("/metrics");
      return new Counted(sum(metrics, "accepted"), sum(metrics, "duplicate"));
    }

    private static double sum(String metrics, String outcome) {
      return Pattern.compile(
              "(?m)^zhiyin_events_total\\{[^}]*outcome=\"" + outcome + "\"[^}]*\\} (\\S+)$")
          .matcher(metrics)
          .results()
          .mapToDouble(match -> Double.parseDouble(match.group(1)))
          .sum();
    }

    /// An event that was known is answered without a write: figures of such are of nothing.
    void checkWritten(Counted before, double acknowledged) {
      if (known > before.known || written - before.written < acknowledged) {
        throw new BenchFailedException(
            "Of %,.0f acknowledged events only %,.0f were new and written, %,.0f were known: not measured."
                .formatted(acknowledged, written - before.written, known - before.known));
      }
    }
  }

  private static byte[] single(LoadShop shop, long run, int i) {
    return HttpConnection.post(
        "/v1/events",
        "application/json",
        event(new StringBuilder(), shop, run + "s" + i, new SplittableRandom(i))
            .toString()
            .getBytes(StandardCharsets.UTF_8));
  }

  private static IntFunction<byte[]> bulk(LoadShop shop, long run) {
    return i -> {
      StringBuilder text = new StringBuilder(LINES * 160);
      SplittableRandom random = new SplittableRandom(i);
      for (int line = 0; line < LINES; line++) {
        event(text, shop, run + "b" + i + "-" + line, random).append('\n');
      }
      return HttpConnection.post(
          "/v1/events", "application/x-ndjson", text.toString().getBytes(StandardCharsets.UTF_8));
    };
  }

  private static StringBuilder event(
      StringBuilder text, LoadShop shop, String id, SplittableRandom random) {
    return text.append("{\"eventId\":\"")
        .append(id)
        .append("\",\"eventType\":\"")
        .append(random.nextInt(8) == 0 ? "add-to-cart" : "detail-page-view")
        .append("\",\"eventTime\":\"2026-01-01T00:00:00Z\",\"userId\":\"n")
        .append(random.nextInt(100_000))
        .append("\",\"items\":[{\"itemId\":\"")
        .append(LoadShop.itemId(random.nextInt(shop.items())))
        .append("\",\"quantity\":1}]}");
  }

  /// How many small writes a second the disk below the folder can sync, one after the other: what
  /// bounds single events from one client.
  private static double syncs(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "sync-", "");
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw");
        FileChannel channel = access.getChannel()) {
      ByteBuffer bytes = ByteBuffer.allocate(200);
      long start = System.nanoTime();
      int done = 0;
      while (System.nanoTime() - start < 1_000_000_000L) {
        channel.write(bytes.rewind());
        channel.force(false);
        done++;
      }
      return done / ((System.nanoTime() - start) / 1e9);
    } finally {
      Files.delete(file);
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (!file.getFileName().toString().equals("LOCK")) {
          Files.copy(file, target);
        }
      }
    }
  }

  private void say(String text) {
    out.println(text + " …");
    out.flush();
  }
}
