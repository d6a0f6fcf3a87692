package io.zhiyin.lab.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Recommendations under constant load: the whole way of a request, from the socket through recall,
/// model, rules and diversity to 20 items, on a made shop, beside a call that does nothing.
final class ServeBench {
  /// What does nothing need not be asked for half an hour.
  private static final int HELLO_SECONDS = 20;

  private final PrintWriter out;
  private final LoadOptions options;
  private final List<Result> results = new ArrayList<>();
  private String name = "serve";

  ServeBench(PrintWriter out, LoadOptions options) {
    this.out = out;
    this.options = options;
  }

  List<Result> run() throws IOException, InterruptedException {
    LoadShop shop = new LoadShop(options.items, options.users, options.history);
    name = String.format(Locale.ROOT, "serve.i%d.h%d", shop.items(), shop.history());
    say(
        "A shop of %,d items and %,d shoppers with %d events each"
            .formatted(shop.items(), shop.users(), shop.history()));
    Path data = shop.directory(options.folder());
    Path log = Files.createDirectories(options.folder()).resolve("server.log");
    try (ServerProcess server = ServerProcess.start(data, options, log)) {
      add("start", "s", server.startSeconds());
      memory(server, shop);
      IntFunction<byte[]> lists = lists(shop.users());
      OpenLoop load = new OpenLoop(server.port(), lists);
      say("Warming up for %d s".formatted(options.warmUp));
      load.warmUp(options.warmUp);
      String before = server.text("/metrics");
      measure(server, load, "home-feed", options.seconds);
      String after = server.text("/metrics");
      stages(before, after);
      add("home-feed.degraded", "stages", total(after) - total(before));
      add("heap-after", "MiB", server.liveHeapMegabytes());
      add("rss-after", "MiB", server.residentMegabytes());
      byte[] hello = HttpConnection.get("/health/live");
      OpenLoop idle = new OpenLoop(server.port(), _ -> hello);
      idle.warmUp(Math.min(3, options.warmUp));
      measure(server, idle, "hello", Math.min(HELLO_SECONDS, options.seconds));
      if (options.overload > 0) {
        results.addAll(new Overload(out, options, server, lists).run(name));
      }
    }
    say("Lists of which one source hangs");
    results.addAll(new DeadlineBench().run());
    return results;
  }

  /// Requests for the front page of drawn shoppers.
  private IntFunction<byte[]> lists(int users) {
    String filter =
        options.filter.isEmpty()
            ? ""
            : "&filter=" + URLEncoder.encode(options.filter, StandardCharsets.UTF_8);
    return i -> {
      int user = new SplittableRandom(i).nextInt(users);
      return HttpConnection.get(
          "/v1/recommendations/home-feed?userId=" + LoadShop.userId(user) + "&n=20" + filter);
    };
  }

  private void memory(ServerProcess server, LoadShop shop)
      throws IOException, InterruptedException {
    double heap = server.liveHeapMegabytes();
    add("heap", "MiB", heap);
    add("rss", "MiB", server.residentMegabytes());
    add("heap-per-item-and-its-events", "B", heap * (1 << 20) / shop.items());
  }

  private void measure(ServerProcess server, OpenLoop load, String what, int seconds)
      throws InterruptedException {
    say("%s at %,.0f requests a second for %d s".formatted(what, options.rate, seconds));
    double cpu = server.cpuSeconds();
    double own = ServerProcess.ownCpuSeconds();
    Answers answers = answers(server, load, what, seconds);
    cpu = server.cpuSeconds() - cpu;
    own = ServerProcess.ownCpuSeconds() - own;
    latency(results, name + "." + what, answers);
    add(what + ".rate", "1/s", answers.good() / answers.seconds());
    add(what + ".errors", "requests", answers.bad());
    add(what + ".server-cpu", "ms/request", 1e3 * cpu / answers.size());
    add(what + ".generator-cpu", "ms/request", 1e3 * own / answers.size());
    results.add(sentLate(name + "." + what, answers));
  }

  private Answers answers(ServerProcess server, OpenLoop load, String what, int seconds)
      throws InterruptedException {
    if (!Minutes.worthIt(seconds)) {
      return load.run(options.rate, seconds);
    }
    AtomicReference<Minutes> minutes = new AtomicReference<>();
    Answers answers =
        load.run(
            options.rate, seconds, begun -> minutes.set(new Minutes(out, server, seconds, begun)));
    results.addAll(minutes.get().results(name + "." + what, answers));
    return answers;
  }

  /// p50 and p99 in one line, the far tail beside it.
  static void latency(List<Result> results, String name, Answers answers) {
    double[] millis = answers.millis(code -> code == 200);
    double p50 = Answers.quantile(millis, 0.5);
    results.add(new Result(name, "ms", p50, p50, Answers.quantile(millis, 0.99), millis.length));
    results.add(Result.derived(name + ".p90", "ms", Answers.quantile(millis, 0.9)));
    results.add(Result.derived(name + ".p99.9", "ms", Answers.quantile(millis, 0.999)));
    results.add(Result.derived(name + ".max", "ms", Answers.quantile(millis, 1)));
  }

  /// By how much requests were sent after their moment: what the server made wait, and what the
  /// generator itself is late.
  static Result sentLate(String name, Answers answers) {
    double[] late = answers.lateMillis();
    double p50 = Answers.quantile(late, 0.5);
    double p99 = Answers.quantile(late, 0.99);
    return new Result(name + ".sent-late", "ms", p50, p50, p99, late.length);
  }

  /// What the server says of its stages between two looks: the mean time of each, and how many
  /// candidates a list was chosen from.
  private void stages(String before, String after) {
    Pattern line =
        Pattern.compile("(?m)^zhiyin_(stages_seconds|candidates)_sum\\{([^}]*)\\} (\\S+)$");
    Matcher matcher = line.matcher(after);
    while (matcher.find()) {
      String family = matcher.group(1);
      String labels = matcher.group(2);
      double sum = value(after, family, "sum", labels) - value(before, family, "sum", labels);
      double count = value(after, family, "count", labels) - value(before, family, "count", labels);
      if (count > 0) {
        boolean time = family.startsWith("stages");
        Matcher what = Pattern.compile("(?:stage|step)=\"([^\"]*)\"").matcher(labels);
        String label = what.find() ? what.group(1).replace(' ', '-') : "all";
        add(
            (time ? "stage." : "candidates.") + label,
            time ? "us" : "items",
            (time ? 1e6 : 1) * sum / count);
      }
    }
  }

  /// How many stages were left out of answers since the start.
  private static double total(String metrics) {
    return Pattern.compile("(?m)^zhiyin_degraded_total\\{[^}]*\\} (\\S+)$")
        .matcher(metrics)
        .results()
        .mapToDouble(match -> Double.parseDouble(match.group(1)))
        .sum();
  }

  private static double value(String metrics, String family, String suffix, String labels) {
    Matcher line =
        Pattern.compile(
                "(?m)^"
                    + Pattern.quote("zhiyin_" + family + "_" + suffix + "{" + labels + "} ")
                    + "(\\S+)$")
            .matcher(metrics);
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }

  private void add(String what, String unit, double value) {
    results.add(Result.derived(name + "." + what, unit, value));
  }

  private void say(String text) {
    out.println(text + " …");
    out.flush();
  }
}
