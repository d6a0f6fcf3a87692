package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.search.Found;
import io.zhiyin.server.shop.CategoryShelf;
import io.zhiyin.server.shop.ShopRuntime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was found, as JSON.
record SearchAnswer(ShopRuntime shop, String text, Found found, Instant now) {

  /// @param offset how many of the list's first items belong to earlier pages
  ObjectNode write(Slate slate, int offset, @Nullable Reasons reasons) {
    ObjectNode node = Json.object();
    node.put("recommendationId", slate.recommendationId().value());
    node.put("scenario", slate.scenario());
    node.put("model", slate.model());
    node.put("query", text);
    found.correctedQuery().ifPresent(corrected -> node.put("correctedQuery", corrected));
    node.put("total", found.total()).put("offset", offset);
    ArrayNode items = node.putArray("items");
    slate.items().stream().skip(offset).forEach(entry -> items.add(write(entry, reasons)));
    ObjectNode facets = node.putObject("facets");
    facets.set("categories", categories());
    ArrayNode brands = facets.putArray("brands");
    for (Found.Count brand : found.brands()) {
      ObjectNode entry = brands.addObject();
      entry.put("brand", brand.value()).put("items", brand.items());
      Integer example = found.ofBrand().get(brand.value());
      names(example == null ? null : shop.catalog().at(example), entry);
    }
    if (!slate.degraded().isEmpty()) {
      ArrayNode degraded = node.putArray("degraded");
      slate.degraded().forEach(degraded::add);
    }
    return node;
  }

  private ObjectNode write(Slate.Entry entry, @Nullable Reasons reasons) {
    ObjectNode node = Json.object();
    node.put("itemId", entry.itemId().value());
    node.put("score", entry.score());
    node.put("position", entry.position());
    Item item = shop.catalog().at(entry.item());
    if (item != null && item.fields().title() != null) {
      node.put("title", item.fields().title());
    }
    if (reasons != null) {
      node.set("reasons", reasons.write(entry));
    }
    return node;
  }

  /// How the item's brand is called in other languages.
  private static void names(@Nullable Item item, ObjectNode brand) {
    Map<String, String> attributes = item == null ? null : item.fields().attributes();
    for (String language : List.of("en", "zh")) {
      String name = attributes == null ? null : attributes.get("brand_" + language);
      if (name != null) {
        brand.put("name_" + language, name);
      }
    }
  }

  private ArrayNode categories() {
    Map<String, Map<String, String>> names = new HashMap<>();
    collect(shop.categories().top(shop.catalog(), now), names);
    ArrayNode array = Json.array();
    for (Found.Count category : found.categories()) {
      ObjectNode node = array.addObject();
      node.put("category", category.value()).put("items", category.items());
      names
          .getOrDefault(category.value(), Map.of())
          .forEach((language, name) -> node.put("name_" + language, name));
    }
    return array;
  }

  private static void collect(
      List<CategoryShelf.Shelf> shelves, Map<String, Map<String, String>> names) {
    for (CategoryShelf.Shelf shelf : shelves) {
      names.put(shelf.path(), shelf.names());
      collect(shelf.children(), names);
    }
  }
}
