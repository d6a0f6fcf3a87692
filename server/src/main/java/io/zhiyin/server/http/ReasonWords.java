package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.explain.Language;
import io.zhiyin.engine.explain.Reason;
import io.zhiyin.server.shop.ShopRuntime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Words a reason in one language; titles and categories that have a name in that language
/// (`title_zh`, `category_zh`) are called by it.
///
/// @param now at which items are showable or not
record ReasonWords(ShopRuntime shop, Instant now, Language language) {
  ObjectNode write(Reason reason) {
    ObjectNode node = Json.object();
    node.put("code", reason.kind().code());
    node.put("text", named(reason).text(language));
    Optional<ItemId> related = reason.relatedItem();
    if (related.isPresent()) {
      node.put("itemId", related.get().value());
    }
    return node;
  }

  private Reason named(Reason reason) {
    if (reason.subject().isEmpty()) {
      return reason;
    }
    Optional<ItemId> related = reason.relatedItem();
    String subject =
        related.isPresent()
            ? title(related.get()).orElse(reason.subject())
            : shop.categories().nameOf(reason.subject(), language.tag(), shop.catalog(), now);
    return new Reason(reason.kind(), subject, reason.related());
  }

  private Optional<String> title(ItemId id) {
    return shop.catalog()
        .find(id)
        .map(Item::fields)
        .map(fields -> fields.attributes())
        .map((Map<String, String> attributes) -> attributes.get("title_" + language.tag()));
  }
}
