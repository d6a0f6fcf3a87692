package io.zhiyin.lab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.learning.train.FileTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// How fresh an answer is, over HTTP, while models and counts are replaced all the time: whether
/// what was acknowledged is in the very next list, when a new item is first recommended, and
/// whether what was taken out of sale is shown to anybody ever again.
final class FreshnessBench {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOPPERS = 8;
  private static final int NEW_ITEMS = 200;
  private static final int HIDDEN = 400;
  private static final long PATIENCE_NANOS = 1_000_000_000;

  private final PrintWriter out;
  private final LoadOptions options;
  private final List<Result> results = new ArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger replaced = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  FreshnessBench(PrintWriter out, LoadOptions options) {
    this.out = out;
    this.options = options;
  }

  List<Result> run() throws IOException, InterruptedException {
    LoadShop shop = new LoadShop(Math.min(options.items, 5_000), 1_000, 20);
    Path made = shop.directory(options.folder());
    Path data = Files.createTempDirectory(options.folder(), "freshness-");
    FileTree.delete(data);
    IngestBench.copy(made, data);
    List<String> models = twoModels(data);
    Path log = options.folder().resolve("server.log");
    try (ServerProcess server = ServerProcess.start(data, options, log)) {
      Thread replacing = Thread.ofPlatform().start(() -> replace(server.port(), models));
      try {
        events(server.port(), shop);
        newItems(server.port());
        hidden(server.port());
      } finally {
        over.set(true);
        replacing.join();
      }
      add("models-replaced-meanwhile", "times", replaced.get());
      add("refused-and-sent-again", "calls", refused.get());
    } finally {
      FileTree.delete(data);
    }
    return results;
  }

  /// The made model once more under another name.
  private static List<String> twoModels(Path data) throws IOException {
    Path models = data.resolve("shops").resolve(ShopId.DEFAULT.value()).resolve("models");
    String first = Files.readString(models.resolve("ACTIVE")).lines().findFirst().orElseThrow();
    String second = first + "-again";
    IngestBench.copy(models.resolve(first), models.resolve(second));
    Path card = models.resolve(second).resolve("model.json");
    Files.writeString(
        card, Files.readString(card).replace("\"" + first + "\"", "\"" + second + "\""));
    return List.of(first, second);
  }

  private void replace(int port, List<String> models) {
    try (HttpConnection connection = new HttpConnection(port)) {
      for (int i = 1; !over.get(); i++) {
        byte[] call = HttpConnection.bare("POST", "/v1/models/" + models.get(i % 2) + ":activate");
        replaced.addAndGet(connection.call(call) == 200 ? 1 : 0);
      }
    } catch (IOException e) {
      say("models are not replaced any more: " + e.getMessage());
    }
  }

  /// Shoppers side by side; each looks at an item and then asks, again and again.
  private void events(int port, LoadShop shop) throws InterruptedException {
    say("%,d times an event, then a list, from %d shoppers".formatted(options.trials, SHOPPERS));
    AtomicInteger next = new AtomicInteger();
    AtomicInteger fresh = new AtomicInteger();
    ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    Thread[] shoppers = new Thread[SHOPPERS];
    for (int s = 0; s < SHOPPERS; s++) {
      String user = "fresh" + s;
      SplittableRandom random = new SplittableRandom(s);
      shoppers[s] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (HttpConnection connection = new HttpConnection(port)) {
                      for (int i = next.getAndIncrement();
                          i < options.trials;
                          i = next.getAndIncrement()) {
                        String item = LoadShop.itemId(random.nextInt(shop.items()));
                        long start = System.nanoTime();
                        boolean good = view(connection, user, item, "f" + i);
                        fresh.addAndGet(good && first(connection, user, item) ? 1 : 0);
                        nanos.add(System.nanoTime() - start);
                      }
                    } catch (IOException | BenchFailedException e) {
                      say("a shopper left: " + e.getMessage());
                    }
                  });
    }
    for (Thread shopper : shoppers) {
      shopper.join();
    }
    add("trials", "trials", options.trials);
    add("stale", "trials", (double) options.trials - fresh.get());
    latency("event-then-list", nanos.stream().mapToLong(Long::longValue).toArray());
  }

  private boolean view(HttpConnection connection, String user, String item, String id)
      throws IOException {
    String event =
        "{\"eventId\":\"%s\",\"eventType\":\"detail-page-view\",\"userId\":\"%s\",\"items\":[{\"itemId\":\"%s\"}]}"
            .formatted(id, user, item);
    return ok(connection, "POST", "/v1/events", event);
  }

  private boolean first(HttpConnection connection, String user, String item) throws IOException {
    return has(connection, "/v1/recommendations/recently-viewed?n=1&userId=" + user, item);
  }

  private boolean ok(HttpConnection connection, String method, String path, String json)
      throws IOException {
    byte[] call =
        HttpConnection.send(
            method, path, "application/json", json.getBytes(StandardCharsets.UTF_8));
    return answered(connection, call) / 100 == 2;
  }

  /// A call that was sent away for want of room did nothing, and is made again.
  private int answered(HttpConnection connection, byte[] call) throws IOException {
    int status = connection.call(call);
    while (status == 503) {
      refused.incrementAndGet();
      status = connection.call(call);
    }
    return status;
  }

  /// From when a new item was acknowledged to the first list that could have it, by its content
  /// alone: it says the same as an item that its shopper looked at.
  private void newItems(int port) throws IOException {
    say("%d new items, each until a list could have it".formatted(NEW_ITEMS));
    long[] nanos = new long[NEW_ITEMS];
    int late = 0;
    try (HttpConnection connection = new HttpConnection(port)) {
      for (int i = 0; i < NEW_ITEMS; i++) {
        view(connection, "fan" + i, LoadShop.itemId(7 * i), "fan-" + i);
        put(connection, i);
        long start = System.nanoTime();
        while (!isRecommendable(connection, i) && System.nanoTime() - start < PATIENCE_NANOS) {
          Thread.onSpinWait();
        }
        nanos[i] = System.nanoTime() - start;
        late += nanos[i] >= PATIENCE_NANOS ? 1 : 0;
      }
    }
    latency("new-item-until-a-candidate", nanos);
    add("new-item-later-than-1s", "items", late);
  }

  /// Whether it is among the candidates of a list by what it says; how far up is the model's
  /// affair, and the weights of this shop's are drawn.
  private boolean isRecommendable(HttpConnection connection, int i) throws IOException {
    answered(connection, HttpConnection.get(page(i)));
    String list = JSON.readTree(connection.text()).path("recommendationId").asText();
    answered(connection, HttpConnection.get("/v1/explanations/" + list + "?itemId=new" + i));
    return JSON.readTree(connection.text()).at("/evidence/content-similar").asDouble() > 0;
  }

  /// The list of a shopper who looked at the item that new item `i` is like.
  private static String page(int i) {
    return "/v1/recommendations/home-feed?n=200&userId=fan" + i;
  }

  private JsonNode like(HttpConnection connection, int i) throws IOException {
    answered(connection, HttpConnection.get("/v1/items/" + LoadShop.itemId(7 * i)));
    return JSON.readTree(connection.text());
  }

  private void put(HttpConnection connection, int i) throws IOException {
    ObjectNode document = (ObjectNode) like(connection, i);
    document.remove("itemId");
    ok(connection, "PUT", "/v1/items/new" + i, document.toString());
  }

  private boolean has(HttpConnection connection, String list, String item) throws IOException {
    int status = answered(connection, HttpConnection.get(list));
    if (status != 200) {
      throw new BenchFailedException(list + " answered " + status + ": " + connection.text());
    }
    return connection.text().contains("\"itemId\":\"" + item + "\"");
  }

  /// Items that a list has are taken out of sale in four ways, and lists asked for again at once.
  private void hidden(int port) throws IOException {
    say("%d items taken out of sale".formatted(HIDDEN));
    int shown = 0;
    int asked = 0;
    try (HttpConnection connection = new HttpConnection(port)) {
      for (int i = 0; i < HIDDEN; i++) {
        int k = i % NEW_ITEMS;
        String item = "new" + k;
        put(connection, k);
        String title =
            URLEncoder.encode(like(connection, k).path("title").asText(), StandardCharsets.UTF_8);
        asked += has(connection, page(k), item) ? 1 : 0;
        hide(connection, item, i % 4);
        shown += has(connection, page(k), item) ? 1 : 0;
        shown += has(connection, "/v1/search?n=50&visitorId=v&q=" + title, item) ? 1 : 0;
      }
    }
    add("hidden-that-were-listed-before", "items", asked);
    add("hidden-and-shown", "lists", shown);
  }

  private void hide(HttpConnection connection, String item, int how) throws IOException {
    String path = "/v1/items/" + item;
    switch (how) {
      case 0 -> ok(connection, "PATCH", path, "{\"stock\":0}");
      case 1 -> ok(connection, "PATCH", path, "{\"available\":false}");
      case 2 -> ok(connection, "PATCH", path, "{\"expireTime\":\"2026-01-01T00:00:00Z\"}");
      default -> answered(connection, HttpConnection.bare("DELETE", path));
    }
  }

  private void latency(String what, long[] nanos) {
    double[] millis = Arrays.stream(nanos).sorted().mapToDouble(n -> n / 1e6).toArray();
    double p50 = Answers.quantile(millis, 0.5);
    results.add(
        new Result(
            "freshness." + what, "ms", p50, p50, Answers.quantile(millis, 0.99), millis.length));
    add(what + ".max", "ms", Answers.quantile(millis, 1));
  }

  private void add(String what, String unit, double value) {
    results.add(Result.derived("freshness." + what, unit, value));
  }

  private void say(String text) {
    out.println(text + " …");
    out.flush();
  }
}
