package io.zhiyin.lab.bench;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.search.Narrowing;
import io.zhiyin.engine.search.SearchIndex;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/// Search: what the index of a made shop with English and Chinese titles costs to make and to keep,
/// what each kind of query costs one core, and whole requests under constant load.
final class SearchBench {
  private static final int WARM_UP = 200;
  private static final int QUERIES = 500;
  private static final int MOST = 200;
  private static final int WORDS = 4_000;
  private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

  private final PrintWriter out;
  private final LoadOptions options;
  private final List<Result> results = new ArrayList<>();
  private final Catalog catalog = new Catalog();

  SearchBench(PrintWriter out, LoadOptions options) {
    this.out = out;
    this.options = options;
  }

  List<Result> run() throws IOException, InterruptedException {
    say("The index of %,d items".formatted(options.items));
    fill();
    try (SearchIndex index = new SearchIndex(catalog)) {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long cpu = threads.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      index.updateAll(() -> false);
      index.search("w1", Narrowing.NONE, _ -> true, _ -> 0, 1);
      add("index.made", "s", (System.nanoTime() - start) / 1e9);
      add("index.made.cpu", "s", (threads.getCurrentThreadCpuTime() - cpu) / 1e9);
      add("index.bytes", "MiB", index.bytes() / (double) (1 << 20));
      kinds(index);
    }
    requests();
    return results;
  }

  private void kinds(SearchIndex index) {
    queries("two-words", index, i -> word(i) + " " + word(i * 7 + 1));
    queries("one-common-word", index, i -> "w" + i % 3);
    queries("chinese", index, i -> characters(i) + characters(i + 5));
    queries("one-character", index, i -> characters(i).substring(0, 1));
    queries("quoted", index, i -> "\"" + word(i) + " " + word(i + 1) + "\"");
    queries("typing-error", index, i -> word(i + 3) + "q");
    long[] nanos = new long[QUERIES];
    for (int i = -WARM_UP; i < QUERIES; i++) {
      long start = System.nanoTime();
      index.complete(word(i & 0xfff).substring(0, 2), "en", _ -> true, _ -> 0, 8);
      nanos[Math.max(i, 0)] = System.nanoTime() - start;
    }
    add("suggestions", nanos);
  }

  private void queries(String name, SearchIndex index, IntFunction<String> text) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] nanos = new long[QUERIES];
    long found = 0;
    long cpu = 0;
    for (int i = -WARM_UP; i < QUERIES; i++) {
      String query = text.apply(i & 0xfff);
      long before = threads.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      int total =
          index
              .search(query, Narrowing.NONE, item -> catalog.isShowable(item, NOW), _ -> 0, MOST)
              .total();
      if (i >= 0) {
        nanos[i] = System.nanoTime() - start;
        cpu += threads.getCurrentThreadCpuTime() - before;
        found += total;
      }
    }
    add(name, nanos);
    add(name + ".cpu", "us/query", cpu / 1e3 / QUERIES);
    add(name + ".found", "items", found / (double) QUERIES);
  }

  /// Whole requests of drawn shoppers to a server in its own process.
  private void requests() throws IOException, InterruptedException {
    LoadShop shop = new LoadShop(options.items, options.users, options.history);
    Path data = shop.directory(options.folder());
    Path log = Files.createDirectories(options.folder()).resolve("server.log");
    try (ServerProcess server = ServerProcess.start(data, options, log)) {
      IntFunction<byte[]> searches =
          i -> {
            SplittableRandom random = new SplittableRandom(i);
            String query = "w" + random.nextInt(200) + " t" + random.nextInt(200);
            return HttpConnection.get(
                "/v1/search?userId="
                    + LoadShop.userId(random.nextInt(shop.users()))
                    + "&q="
                    + URLEncoder.encode(query, StandardCharsets.UTF_8));
          };
      OpenLoop load = new OpenLoop(server.port(), searches);
      say("Warming up for %d s".formatted(options.warmUp));
      load.warmUp(options.warmUp);
      say("Searches at %,.0f a second for %d s".formatted(options.rate, options.seconds));
      double cpu = server.cpuSeconds();
      Answers answers = load.run(options.rate, options.seconds);
      cpu = server.cpuSeconds() - cpu;
      ServeBench.latency(results, "search.request", answers);
      int refused = answers.count(code -> code == 503);
      add("request.refused", "requests", refused);
      add("request.errors", "requests", answers.bad() - refused);
      add("request.server-cpu", "ms/request", 1e3 * cpu / answers.size());
    }
  }

  private void fill() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < options.items; i++) {
      StringBuilder title = new StringBuilder();
      StringBuilder zh = new StringBuilder();
      for (int k = 0; k < 6; k++) {
        int word = skewed(random);
        title.append(word(word)).append(' ');
        zh.append(characters(word));
      }
      ItemFields fields =
          new ItemFields(
              title.toString(),
              null,
              List.of("C" + i % 20 + " > T" + i % 200),
              "Brand" + i % 300,
              10.0 + i % 90,
              "CNY",
              9,
              true,
              "en",
              null,
              null,
              Map.of("title_zh", zh.toString()),
              null,
              null);
      ItemId id = new ItemId("i" + i);
      catalog.apply(new CatalogEvent.ItemPut(new EventId("p" + i), NOW, id, fields));
    }
  }

  /// A few words are in very many titles.
  private static int skewed(SplittableRandom random) {
    double u = random.nextDouble();
    return (int) (WORDS * u * u * u);
  }

  /// A word of letters, so that it can be misspelt.
  private static String word(int number) {
    int n = number % WORDS;
    return n < 3 ? "w" + n : "b" + Integer.toString(n + 50_000, 36) + "ly";
  }

  private static String characters(int number) {
    int n = number % WORDS;
    return Character.toString(0x4e00 + n / 64) + Character.toString(0x5200 + n % 64);
  }

  private void add(String what, long[] nanos) {
    double[] millis = Arrays.stream(nanos).sorted().mapToDouble(n -> n / 1e6).toArray();
    double p50 = Answers.quantile(millis, 0.5);
    results.add(
        new Result("search." + what, "ms", p50, p50, Answers.quantile(millis, 0.99), QUERIES));
  }

  private void add(String what, String unit, double value) {
    results.add(Result.derived("search." + what, unit, value));
  }

  private void say(String text) {
    out.println(text + " …");
    out.flush();
  }
}
