package io.zhiyin.engine.intake;

import io.zhiyin.engine.Seeds;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.content.ContentFeatures;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventCodec;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.filter.RequestExpression;
import io.zhiyin.engine.filter.RequestExpressions;
import io.zhiyin.engine.search.Narrowing;
import io.zhiyin.engine.search.SearchIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as the body of `POST /v1/items`, JSON or NDJSON: refused by field, or items that the
/// journal, filters, content and search can all take.
class ItemsFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
  private static final ItemJson JSON = new ItemJson(Clock.fixed(NOW, ZoneOffset.UTC));
  private static final ContentFeatures CONTENT = ContentFeatures.fit(new Catalog(), 64);
  private static final RequestExpression ALL_FIELDS =
      new RequestExpressions()
          .compile(
              "ageDays < 3.0 || stock > 3 || itemId + title + brand + language == '' "
                  + "|| size(categories) + size(tags) + size(attributes) > 2 || price > 2.0");

  public static void fuzzerTestOneInput(byte[] body) throws IOException {
    Batch<CatalogEvent> batch;
    try {
      batch = JSON.readBatch(body);
    } catch (InvalidFieldException refused) {
      return;
    }
    Catalog catalog = new Catalog();
    for (CatalogEvent event : batch.kept()) {
      if (!event.equals(EventCodec.decode(EventCodec.encode(event)))) {
        throw new AssertionError(event + " is another after the journal");
      }
      catalog.apply(event);
    }
    if (batch.kept().isEmpty()) {
      return;
    }
    try (SearchIndex index = new SearchIndex(catalog)) {
      for (int i = 0; i < Math.min(20, catalog.indexBound()); i++) {
        Item item = catalog.at(i);
        if (item != null) {
          item.isShowableAt(NOW);
          ALL_FIELDS.at(NOW).holds(item);
          CONTENT.of(item);
          index.update(i);
          index.search("a", Narrowing.NONE, _ -> true, _ -> 0, 3);
        }
      }
    }
  }

  static List<Path> seeds() throws IOException {
    return Seeds.of("items");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isRefusedByFieldOrKept(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }
}
