package io.zhiyin.lab.bench;

import io.zhiyin.cluster.journal.RocksJournal;
import io.zhiyin.cluster.state.DataDirectory;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.learning.train.FileTree;
import io.zhiyin.learning.train.ModelRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// A made shop of any size as a data directory: a catalogue, shoppers with tastes, and a model with
/// drawn weights, so that every stage of a request has as much to do as in a real one. Kept, so
/// that the next bench of the same shop starts at once.
///
/// Items belong to [#TYPES] kinds of product, of which a few are wanted much more than the others;
/// a shopper has two kinds, and three of four events are about the better-liked items of them.
///
/// @param history events of each shopper
record LoadShop(int items, int users, int history) {
  /// Kinds of product; item i is of kind i % TYPES.
  static final int TYPES = 200;

  private static final int BRANDS = 300;
  private static final int BATCH = 8_192;
  private static final String DONE = "made";
  private static final int VERSION = 2;
  private static final long DAY = 86_400_000L;

  /// The data directory, made if it is not there yet.
  Path directory(Path folder) throws IOException {
    Path directory =
        folder.resolve(
            String.format(Locale.ROOT, "shop-v%d-i%d-u%d-h%d", VERSION, items, users, history));
    if (Files.exists(directory.resolve(DONE))) {
      return directory;
    }
    FileTree.delete(directory);
    Files.createDirectories(directory);
    long now = System.currentTimeMillis();
    try (DataDirectory data = DataDirectory.open(directory)) {
      Path shop = data.shop(ShopId.DEFAULT);
      Files.createDirectories(shop);
      try (RocksJournal journal = RocksJournal.open(shop.resolve("journal"))) {
        append(journal, now);
      }
      ModelRegistry models = new ModelRegistry(shop.resolve("models"));
      String id = "random-" + items;
      models.add(id, work -> RandomModel.write(work, id, items, LoadShop::itemId));
      models.activate(id);
    }
    Files.writeString(directory.resolve(DONE), "format " + VERSION + "\n");
    return directory;
  }

  /// Events and items in its journal.
  long events() {
    return items + (long) users * history;
  }

  static String itemId(int item) {
    return "i" + item;
  }

  static String userId(int user) {
    return "u" + user;
  }

  private void append(RocksJournal journal, long now) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    List<Event> batch = new ArrayList<>(BATCH);
    for (int item = 0; item < items; item++) {
      batch.add(put(item, now, random));
      flush(journal, batch, BATCH);
    }
    for (int user = 0; user < users; user++) {
      int[] tastes = {random.nextInt(TYPES), random.nextInt(TYPES)};
      for (int i = 0; i < history; i++) {
        long time = now - 30 * DAY + 30 * DAY * i / history + random.nextInt(60_000);
        batch.add(event(user, i, time, itemFor(tastes, random), random));
        flush(journal, batch, BATCH);
      }
    }
    flush(journal, batch, 1);
  }

  private static void flush(RocksJournal journal, List<Event> batch, int from) throws IOException {
    if (batch.size() >= from) {
      journal.append(List.copyOf(batch));
      batch.clear();
    }
  }

  private CatalogEvent.ItemPut put(int item, long now, SplittableRandom random) {
    int type = item % TYPES;
    String title =
        "w%d w%d w%d t%d of brand%d"
            .formatted(
                skewed(random, 20_000), skewed(random, 20_000), type * 7 % 1_000, type, item % 97);
    ItemFields fields =
        new ItemFields(
            title,
            null,
            List.of("C" + type % 20 + ItemFields.LEVEL + "T" + type),
            "B" + skewed(random, BRANDS),
            Math.round(100 * Math.exp(3.7 + 0.9 * (random.nextDouble() * 4 - 2))) / 100.0,
            "CNY",
            100,
            true,
            "en",
            null,
            null,
            null,
            null,
            null);
    Instant time = Instant.ofEpochMilli(now - 60 * DAY + 30 * DAY * item / items);
    return new CatalogEvent.ItemPut(
        new EventId("put-" + item), time, new ItemId(itemId(item)), fields);
  }

  private static ShopperEvent event(
      int user, int number, long time, int item, SplittableRandom random) {
    Header header =
        Header.of(
            new EventId("e" + user + "-" + number),
            Instant.ofEpochMilli(time),
            new UserId(userId(user)));
    List<ItemLine> lines = List.of(ItemLine.of(itemId(item)));
    return switch (random.nextInt(8)) {
      case 0 -> new ShopperEvent.PurchaseComplete(header, lines);
      case 1 -> new ShopperEvent.AddToCart(header, lines);
      default -> new ShopperEvent.DetailPageView(header, lines);
    };
  }

  private int itemFor(int[] tastes, SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      return skewed(random, items);
    }
    int ofType = Math.max(1, items / TYPES);
    int type = tastes[random.nextInt(2)];
    return Math.min(items - 1, skewed(random, ofType) * TYPES + type);
  }

  /// Small numbers more often than large ones.
  private static int skewed(SplittableRandom random, int bound) {
    double x = random.nextDouble();
    return (int) (bound * x * x * x);
  }
}
