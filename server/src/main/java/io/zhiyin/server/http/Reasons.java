package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.explain.Explainer;
import io.zhiyin.engine.explain.Language;
import io.zhiyin.engine.explain.Reason;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.server.shop.ShopRuntime;
import java.util.Map;
import java.util.Optional;

/// Reasons as JSON, in one language; titles and categories that have a name in that language
/// (`title_zh`, `category_zh`) are called by it.
final class Reasons {
  private final ShopRuntime shop;
  private final Query query;
  private final Language language;

  private Reasons(ShopRuntime shop, Query query, Language language) {
    this.shop = shop;
    this.query = query;
    this.language = language;
  }

  static Reasons of(ShopRuntime shop, Query query, Language language) {
    return new Reasons(shop, query, language);
  }

  /// @throws InvalidFieldException when it is neither `en` nor `zh`
  static Language language(String tag) {
    return switch (tag) {
      case "en" -> Language.ENGLISH;
      case "zh" -> Language.CHINESE;
      default -> throw new InvalidFieldException("lang", tag, "must be en or zh");
    };
  }

  private String tag() {
    return language == Language.CHINESE ? "zh" : "en";
  }

  ArrayNode write(Slate.Entry entry) {
    ArrayNode array = Json.array();
    for (Reason reason : Explainer.reasons(query, entry.candidate())) {
      array.add(write(reason));
    }
    return array;
  }

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
            : shop.categories().nameOf(reason.subject(), tag(), shop.catalog(), query.now());
    return new Reason(reason.kind(), subject, reason.related());
  }

  private Optional<String> title(ItemId id) {
    return shop.catalog()
        .find(id)
        .map(Item::fields)
        .map(fields -> fields.attributes())
        .map((Map<String, String> attributes) -> attributes.get("title_" + tag()));
  }
}
