package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import io.zhiyin.engine.explain.Language;
import io.zhiyin.engine.pipeline.ItemCondition;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.Shopper;
import io.zhiyin.engine.recommend.Adjustments;
import io.zhiyin.engine.rule.CompiledRules;
import io.zhiyin.engine.rule.RuleJson;
import io.zhiyin.engine.rule.RuleSet;
import io.zhiyin.engine.rule.Tuning;
import io.zhiyin.engine.rule.TuningJson;
import io.zhiyin.server.shop.ShopRuntime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a caller asks of a recommendation, from the query part of an address or from a JSON body.
///
/// @param itemId the page's item
/// @param cart the items in the cart
/// @param candidates the only items to order, for `search-rerank`
/// @param tuning how this list is set
/// @param rules rules for this list alone; only a body can have them
record Wish(
    Shopper shopper,
    @Nullable ItemId itemId,
    List<ItemId> cart,
    int n,
    @Nullable String filter,
    List<ItemId> exclude,
    List<ItemId> candidates,
    boolean explain,
    Language language,
    Tuning tuning,
    RuleSet rules) {
  static final Set<String> FIELDS =
      Set.of(
          "userId",
          "visitorId",
          "itemId",
          "cart",
          "n",
          "filter",
          "exclude",
          "candidates",
          "explain",
          "lang",
          "diversity",
          "diversityBy");
  private static final String RULES = "rules";
  private static final int DEFAULT_N = 20;
  private static final int MAX_LIST = 1_000;

  static Wish of(Call call) {
    return new Wish(
        shopper(call.parameter("userId").orElse(null), call.parameter("visitorId").orElse(null)),
        call.parameter("itemId").map(ItemId::new).orElse(null),
        ids("cart", call.list("cart")),
        call.number("n", DEFAULT_N, 1, Query.MAX_N),
        call.parameter("filter").orElse(null),
        ids("exclude", call.list("exclude")),
        ids("candidates", call.list("candidates")),
        call.flag("explain"),
        Reasons.language(call.parameter("lang").orElse("en")),
        new Tuning(
            call.parameter("diversity").map(Wish::dial).orElse(null),
            TuningJson.by(call.parameter("diversityBy").orElse("")),
            null),
        RuleSet.NONE);
  }

  static Wish of(JsonNode body) {
    if (!body.isObject()) {
      throw new InvalidFieldException("body", body.getNodeType(), "must be an object");
    }
    for (String name : new TreeSet<>(body.propertyStream().map(Map.Entry::getKey).toList())) {
      if (!FIELDS.contains(name) && !name.equals(RULES)) {
        throw new InvalidFieldException(
            name, body.get(name), "is not a field of a recommendation's request");
      }
    }
    String itemId = text(body, "itemId");
    String language = text(body, "lang");
    return new Wish(
        shopper(text(body, "userId"), text(body, "visitorId")),
        itemId == null ? null : new ItemId(itemId),
        ids("cart", texts(body, "cart")),
        number(body),
        text(body, "filter"),
        ids("exclude", texts(body, "exclude")),
        ids("candidates", texts(body, "candidates")),
        flag(body),
        Reasons.language(language == null ? "en" : language),
        tuning(body),
        body.hasNonNull(RULES) ? RuleJson.read(body.get(RULES)) : RuleSet.NONE);
  }

  /// The wish as a query at one moment.
  Query query(ShopRuntime shop, String scenario, Instant now) {
    Vocabulary vocabulary = shop.catalog().vocabulary();
    ItemSlots excluded = ItemSlots.of(indices(vocabulary, exclude));
    return new Query(
        shop.id(),
        scenario,
        shop.profiles().of(shopper),
        shop.catalog(),
        itemId == null ? Vocabulary.UNKNOWN : vocabulary.indexOf(itemId),
        indices(vocabulary, cart),
        n,
        excluded,
        filter == null ? ItemCondition.ANY : shop.expressions().compile(filter).forRequest(now),
        now,
        explain,
        indices(vocabulary, candidates));
  }

  /// What this request wants differently.
  Adjustments adjustments(ShopRuntime shop) {
    CompiledRules compiled =
        rules.rules().isEmpty()
            ? CompiledRules.NONE
            : CompiledRules.ofRequest(rules, shop.rules().expressions());
    return new Adjustments(compiled, tuning, shop.shownLately().of(shopper), shop.responses());
  }

  private static double dial(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      throw new InvalidFieldException("diversity", text, "must be a number between 0 and 1");
    }
  }

  private static Tuning tuning(JsonNode body) {
    JsonNode dial = body.get("diversity");
    boolean given = dial != null && !dial.isNull();
    if (given && !dial.isNumber()) {
      throw new InvalidFieldException("diversity", dial, "must be a number between 0 and 1");
    }
    String by = text(body, "diversityBy");
    return new Tuning(given ? dial.doubleValue() : null, TuningJson.by(by == null ? "" : by), null);
  }

  private static int[] indices(Vocabulary vocabulary, List<ItemId> ids) {
    return ids.stream().mapToInt(vocabulary::indexOf).filter(index -> index >= 0).toArray();
  }

  static Shopper shopper(@Nullable String user, @Nullable String visitor) {
    if (user != null) {
      return new Shopper.User(new UserId(user));
    }
    if (visitor == null) {
      throw new InvalidFieldException("userId", null, "or visitorId is required");
    }
    return new Shopper.Visitor(new VisitorId(visitor));
  }

  private static List<ItemId> ids(String field, List<String> values) {
    if (values.size() > MAX_LIST) {
      throw new InvalidFieldException(
          field, values.size(), "may have at most " + MAX_LIST + " entries");
    }
    return values.stream().map(ItemId::new).toList();
  }

  private static @Nullable String text(JsonNode body, String name) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new InvalidFieldException(name, value, "must be a string");
    }
    return value.textValue();
  }

  private static List<String> texts(JsonNode body, String name) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return List.of();
    }
    List<String> result = new ArrayList<>();
    for (JsonNode entry : value) {
      if (entry.isTextual()) {
        result.add(entry.textValue());
      }
    }
    if (!value.isArray() || result.size() != value.size()) {
      throw new InvalidFieldException(name, value, "must be an array of strings");
    }
    return result;
  }

  private static int number(JsonNode body) {
    JsonNode value = body.get("n");
    if (value == null || value.isNull()) {
      return DEFAULT_N;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < 1
        || value.intValue() > Query.MAX_N) {
      throw new InvalidFieldException(
          "n", value, "must be a whole number between 1 and " + Query.MAX_N);
    }
    return value.intValue();
  }

  private static boolean flag(JsonNode body) {
    JsonNode value = body.get("explain");
    if (value != null && !value.isNull() && !value.isBoolean()) {
      throw new InvalidFieldException("explain", value, "must be true or false");
    }
    return value != null && value.booleanValue();
  }
}
