package io.zhiyin.engine.filter;

import io.zhiyin.engine.Seeds;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.pipeline.ItemCondition;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.ProfileFold;
import io.zhiyin.engine.profile.Shopper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any text as a condition on items and as one on who asks: refused by field, or it holds or not,
/// in bounded time and memory.
class ConditionsFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
  private static final Catalog CATALOG = catalog();
  private static final Query QUERY = query();

  private static Catalog catalog() {
    Catalog catalog = new Catalog();
    ItemFields full =
        new ItemFields(
            "Red varnish that dries at once",
            "Long text",
            Collections.nCopies(20, "Beauty > Nails"),
            "Muji",
            19.9,
            "CNY",
            7,
            true,
            "en",
            null,
            Collections.nCopies(20, "sale"),
            Map.of("colour", "red", "size", "XL"),
            NOW,
            null);
    put(catalog, "full", full);
    put(catalog, "empty", ItemFields.NONE);
    return catalog;
  }

  private static void put(Catalog catalog, String id, ItemFields fields) {
    catalog.apply(new CatalogEvent.ItemPut(new EventId(id), NOW, new ItemId(id), fields));
  }

  private static Query query() {
    Shopper shopper = new Shopper.User(new UserId("u"));
    return new Query(
        ShopId.DEFAULT,
        "cart",
        new ProfileFold(CATALOG.vocabulary()).of(shopper),
        CATALOG,
        0,
        new int[] {0, 1},
        5,
        new ItemSlots(0),
        ItemCondition.ANY,
        NOW,
        false);
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      ItemCondition condition = new RequestExpressions().compile(text).at(NOW);
      for (int i = 0; i < CATALOG.indexBound(); i++) {
        Item item = Objects.requireNonNull(CATALOG.at(i));
        condition.holds(item);
      }
    } catch (InvalidFieldException refused) {
      // as documented
    }
    try {
      boolean _ = new AudienceExpressions().compile(text).test(QUERY);
    } catch (InvalidFieldException refused) {
      // as documented
    }
  }

  static List<Path> seeds() throws IOException {
    return Seeds.of("cel");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isRefusedByFieldOrHoldsOrNot(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }
}
