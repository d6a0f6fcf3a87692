package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.explain.Explainer;
import io.zhiyin.engine.explain.Language;
import io.zhiyin.engine.explain.Reason;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.server.shop.ShopRuntime;

/// The reasons of a list's entries as JSON, in one language.
final class Reasons {
  private final Query query;
  private final ReasonWords words;

  private Reasons(Query query, ReasonWords words) {
    this.query = query;
    this.words = words;
  }

  static Reasons of(ShopRuntime shop, Query query, Language language) {
    return new Reasons(query, new ReasonWords(shop, query.now(), language));
  }

  /// @throws InvalidFieldException when it is neither `en` nor `zh`
  static Language language(String tag) {
    return switch (tag) {
      case "en" -> Language.ENGLISH;
      case "zh" -> Language.CHINESE;
      default -> throw new InvalidFieldException("lang", tag, "must be en or zh");
    };
  }

  ArrayNode write(Slate.Entry entry) {
    ArrayNode array = Json.array();
    for (Reason reason : Explainer.reasons(query, entry.candidate())) {
      array.add(words.write(reason));
    }
    return array;
  }
}
