package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.intake.Batch;
import io.zhiyin.engine.intake.ItemJson;
import io.zhiyin.server.shop.CategoryShelf;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The catalogue: items one by one or in batches, listings and categories.
final class ItemCalls {
  private static final int MAX_PAGE = 200;
  private static final int MAX_OFFSET = 10_000_000;

  private final ShopHub shops;
  private final Clock clock;
  private final ItemJson json;

  ItemCalls(ShopHub shops, Clock clock) {
    this.shops = shops;
    this.clock = clock;
    this.json = new ItemJson(clock);
  }

  List<Route> routes() {
    Set<String> listing = Set.of("category", "sort", "offset", "n", "itemIds");
    return List.of(
        Route.get("/v1/items", Access.BROWSER, listing, this::list),
        Route.post("/v1/items", Access.SERVER, BodyType.BATCH, this::putAll),
        Route.get("/v1/items/{itemId}", Access.BROWSER, Set.of(), this::get),
        Route.put("/v1/items/{itemId}", Access.SERVER, BodyType.JSON, this::put),
        Route.patch("/v1/items/{itemId}", Access.SERVER, BodyType.JSON, this::patch),
        Route.delete("/v1/items/{itemId}", Access.SERVER, this::delete),
        Route.get("/v1/categories", Access.BROWSER, Set.of(), this::categories));
  }

  private Answer list(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    List<String> ids = call.list("itemIds");
    int offset = call.number("offset", 0, 0, MAX_OFFSET);
    int n = call.number("n", Math.max(24, Math.min(ids.size(), MAX_PAGE)), 1, MAX_PAGE);
    Listing listing =
        ids.isEmpty()
            ? Listing.of(
                shop,
                call.parameter("category").orElse(""),
                Listing.Sort.of(call.parameter("sort").orElse("popular")),
                clock.instant())
            : Listing.named(shop.catalog(), ids);
    ObjectNode node = Json.object();
    node.put("total", listing.size()).put("offset", offset);
    ArrayNode items = node.putArray("items");
    listing.page(offset, n).forEach(item -> items.add(write(item)));
    return Answer.ok(node);
  }

  private Answer get(Call call) throws IOException {
    return Answer.ok(write(find(shop(call).catalog(), id(call))));
  }

  private Answer put(Call call) throws IOException {
    ItemId id = id(call);
    ShopRuntime shop = shop(call);
    boolean known = shop.catalog().find(id).isPresent();
    shop.append(List.<Event>of(json.readPut(id, ItemJson.tree(call.body()))));
    return Answer.json(known ? 200 : 201, write(find(shop.catalog(), id)));
  }

  private Answer patch(Call call) throws IOException {
    ItemId id = id(call);
    ShopRuntime shop = shop(call);
    find(shop.catalog(), id);
    shop.append(List.<Event>of(json.readPatch(id, ItemJson.tree(call.body()))));
    return Answer.ok(write(find(shop.catalog(), id)));
  }

  private Answer delete(Call call) throws IOException {
    ItemId id = id(call);
    ShopRuntime shop = shop(call);
    find(shop.catalog(), id);
    shop.append(List.<Event>of(json.delete(id)));
    return Answer.noContent();
  }

  private Answer putAll(Call call) throws IOException {
    Batch<CatalogEvent> batch = json.readBatch(call.body());
    if (!batch.kept().isEmpty()) {
      shop(call).append(List.copyOf(batch.kept()));
    }
    return EventCalls.counted("items", batch.kept().size(), 0, batch.rejected());
  }

  private Answer categories(Call call) throws IOException {
    ShopRuntime shop = shop(call);
    ObjectNode node = Json.object();
    node.set("categories", write(shop.categories().top(shop.catalog(), clock.instant())));
    return Answer.ok(node);
  }

  private static ArrayNode write(List<CategoryShelf.Shelf> shelves) {
    ArrayNode array = Json.array();
    for (CategoryShelf.Shelf shelf : shelves) {
      ObjectNode node = array.addObject();
      node.put("category", shelf.path()).put("items", shelf.items());
      for (Map.Entry<String, String> name : shelf.names().entrySet()) {
        node.put("name_" + name.getKey(), name.getValue());
      }
      node.set("children", write(shelf.children()));
    }
    return array;
  }

  private static ObjectNode write(Item item) {
    return ItemJson.write(item.itemId(), item.fields());
  }

  private ShopRuntime shop(Call call) throws IOException {
    return shops.shop(call.authenticated().shop());
  }

  private static ItemId id(Call call) {
    return new ItemId(call.path("itemId"));
  }

  private static Item find(Catalog catalog, ItemId id) {
    return catalog.find(id).orElseThrow(() -> ProblemException.notFound("item", id.value()));
  }
}
