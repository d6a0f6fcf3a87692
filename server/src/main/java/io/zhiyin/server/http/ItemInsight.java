package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.intake.ItemJson;
import io.zhiyin.engine.profile.Responses;
import io.zhiyin.server.shop.CatalogQuality;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Items as the shop's own people look at them: found whether they may be shown or not, with what
/// is known of how they do, and what is wrong in the catalogue.
final class ItemInsight {
  private static final int MOST = 200;

  private final ShopHub shops;
  private final Clock clock;

  ItemInsight(ShopHub shops, Clock clock) {
    this.shops = shops;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/items:find", Access.ADMIN, Set.of("q", "n"), this::find),
        Route.get("/v1/items:quality", Access.ADMIN, Set.of(), this::quality));
  }

  /// Items whose id begins with the text or whose title, in any language, has it; the most popular
  /// first.
  private Answer find(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    String text = call.parameter("q").orElse("").strip().toLowerCase(Locale.ROOT);
    int n = call.number("n", 50, 1, MOST);
    Catalog catalog = shop.catalog();
    List<Item> found = new ArrayList<>();
    for (int i = 0; i < catalog.indexBound(); i++) {
      Item item = catalog.at(i);
      if (item != null && matches(item, text)) {
        found.add(item);
      }
    }
    Comparator<Item> popular = Comparator.comparingDouble(item -> -popularity(shop, item));
    Instant now = clock.instant();
    ObjectNode node = Json.object().put("total", found.size());
    ArrayNode items = node.putArray("items");
    found.stream()
        .sorted(popular.thenComparing(Item::itemId))
        .limit(n)
        .forEach(item -> items.add(entry(shop, item, now)));
    return Answer.ok(node);
  }

  private static boolean matches(Item item, String text) {
    if (item.itemId().value().toLowerCase(Locale.ROOT).startsWith(text)
        || item.title().toLowerCase(Locale.ROOT).contains(text)) {
      return true;
    }
    Map<String, String> attributes = item.fields().attributes();
    return attributes != null
        && attributes.entrySet().stream()
            .filter(attribute -> attribute.getKey().startsWith("title_"))
            .anyMatch(attribute -> attribute.getValue().toLowerCase(Locale.ROOT).contains(text));
  }

  private static float popularity(ShopRuntime shop, Item item) {
    return shop.indexes().map(i -> i.popularity().strength(item.index())).orElse(0f);
  }

  private static ObjectNode entry(ShopRuntime shop, Item item, Instant now) {
    Responses.Count count = shop.responses().of(item.index());
    ObjectNode entry = Json.object();
    entry.set("item", ItemJson.write(item.itemId(), item.fields()));
    return entry
        .put("showable", item.isShowableAt(now))
        .put("popularity", popularity(shop, item))
        .put("impressions", count.impressions())
        .put("clicks", count.clicks());
  }

  private Answer quality(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    CatalogQuality quality = CatalogQuality.of(shop.catalog(), shop.responses(), clock.instant());
    ObjectNode node = Json.object().put("items", quality.items());
    ArrayNode faults = node.putArray("faults");
    quality
        .faults()
        .forEach(
            (fault, found) -> {
              ObjectNode entry = faults.addObject();
              entry.put("fault", fault.name().toLowerCase(Locale.ROOT).replace('_', '-'));
              entry.put("count", found.count());
              ArrayNode examples = entry.putArray("examples");
              found.examples().forEach(item -> examples.add(item.itemId().value()));
            });
    return Answer.ok(node);
  }
}
