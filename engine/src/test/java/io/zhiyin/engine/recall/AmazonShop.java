package io.zhiyin.engine.recall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.profile.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The published sequences of one Amazon category, as histories with made-up times and a catalogue
/// of titles (where there are any) and attribute numbers.
final class AmazonShop {
  static final Instant LOADED = Instant.parse("2020-01-01T00:00:00Z");

  private final Duration step;
  final Catalog catalog = new Catalog();
  final List<int[]> sequences = new ArrayList<>();

  static Path folder(String name) {
    String root = System.getProperty("zhiyin.root", "");
    return Path.of(root).resolve("../shared/data").resolve(name).normalize();
  }

  /// @param step made-up time from item to item
  AmazonShop(Path folder, Duration step) throws IOException {
    this.step = step;
    Map<String, String> titles = titles(folder.resolve("items.csv"));
    Map<String, List<String>> tags = tags(folder.resolve("item_attributes.json"));
    for (String line : Files.readAllLines(folder.resolve("sequences.txt"))) {
      String[] fields = line.strip().split(" ", -1);
      int[] sequence = new int[fields.length - 1];
      for (int i = 0; i < sequence.length; i++) {
        sequence[i] = index(fields[i + 1], titles, tags);
      }
      sequences.add(sequence);
    }
  }

  private int index(String id, Map<String, String> titles, Map<String, List<String>> tags) {
    ItemId item = new ItemId(id);
    int known = catalog.vocabulary().indexOf(item);
    if (known >= 0) {
      return known;
    }
    ItemFields fields = fields(titles.get(id), tags.get(id));
    catalog.apply(new CatalogEvent.ItemPut(new EventId("put-" + id), LOADED, item, fields));
    return catalog.vocabulary().indexOf(item);
  }

  static ItemFields fields(String title, List<String> tags) {
    return new ItemFields(
        title, null, null, null, null, null, null, null, null, null, tags, null, null, null);
  }

  private static Map<String, String> titles(Path file) throws IOException {
    Map<String, String> titles = new HashMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] fields = line.split(",", 3);
        String title = fields.length < 3 ? "" : fields[2];
        titles.put(fields[0], title.replace("\"", ""));
      }
    }
    return titles;
  }

  private static Map<String, List<String>> tags(Path file) throws IOException {
    Map<String, List<String>> tags = new HashMap<>();
    JsonNode root = new ObjectMapper().readTree(file.toFile());
    root.properties()
        .forEach(
            entry -> {
              List<String> values = new ArrayList<>();
              entry.getValue().forEach(value -> values.add(value.asText()));
              tags.put(entry.getKey(), values);
            });
    return tags;
  }

  /// Every sequence without its last `n` items.
  List<History> without(int n) {
    return sequences.stream().map(sequence -> history(sequence, n)).toList();
  }

  /// One sequence without its last `n` items.
  History history(int[] sequence, int without) {
    int[] items = Arrays.copyOf(sequence, Math.max(0, sequence.length - without));
    long[] times = new long[items.length];
    Arrays.setAll(times, i -> LOADED.toEpochMilli() + i * step.toMillis());
    return History.of(EventKind.RATING, items, times);
  }
}
