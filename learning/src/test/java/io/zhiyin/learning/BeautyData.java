package io.zhiyin.learning;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.dataset.ShopData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Amazon Beauty as a shop: sequences as purchases, titles, brands and categories as documents.
public final class BeautyData {
  private BeautyData() {}

  public static Path directory() {
    return Path.of(System.getProperty("zhiyin.root", "."), "..", "shared", "data", "amazon-beauty")
        .normalize();
  }

  public static ShopData read(Path directory) throws IOException {
    Catalog catalog = new Catalog();
    Instant start = Instant.parse("2014-01-01T00:00:00Z");
    for (String line : Files.readAllLines(directory.resolve("items_with_attributes.tsv"))) {
      String[] cells = line.split("\t", -1);
      if (cells[0].startsWith("s3rec")) {
        continue;
      }
      List<String> names = Arrays.asList(cells[3].split("\\|", -1));
      String brand = names.getFirst();
      List<String> categories =
          names.size() < 2
              ? null
              : List.of(String.join(ItemFields.LEVEL, names.subList(1, names.size())));
      ItemFields fields = fields(cells[2], brand, categories);
      ItemId id = new ItemId(cells[0]);
      catalog.apply(new CatalogEvent.ItemPut(new EventId("item-" + id), start, id, fields));
    }
    List<History> histories = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("sequences.txt"))) {
      String[] words = line.split(" ", -1);
      int[] items = new int[words.length - 1];
      long[] times = new long[items.length];
      for (int i = 0; i < items.length; i++) {
        items[i] = catalog.vocabulary().indexOf(new ItemId(words[i + 1]));
        times[i] = start.toEpochMilli() + i * 86_400_000L;
      }
      histories.add(History.of(EventKind.PURCHASE_COMPLETE, items, times));
    }
    return new ShopData("amazon-beauty", catalog, histories);
  }

  private static ItemFields fields(String title, String brand, List<String> categories) {
    return new ItemFields(
        title.isBlank() ? null : title,
        null,
        categories,
        brand.isBlank() ? null : brand,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
