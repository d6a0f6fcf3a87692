package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.RuleEffect;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.recommend.Adjustments;
import io.zhiyin.engine.recommend.Recommender;
import io.zhiyin.engine.rule.CompiledRules;
import io.zhiyin.engine.rule.RuleSet;
import io.zhiyin.engine.rule.Tuning;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `POST /v1/rules:preview`: lists as they are and as they would be under other rules, for some
/// shoppers and scenarios, with what moved and which rule moved it. Nothing is saved, counted or
/// traced.
final class RulePreview {
  private static final int MAX_LISTS = 50;

  private final ShopHub shops;
  private final Clock clock;

  RulePreview(ShopHub shops, Clock clock) {
    this.shops = shops;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/rules:preview", Access.ADMIN, BodyType.JSON, this::preview));
  }

  private Answer preview(Call call) throws IOException {
    JsonNode body = RuleCalls.fields(call.json(), Set.of("rules", "scenarios", "requests"));
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    RuleSet set = RuleCalls.read(body);
    CompiledRules proposed = CompiledRules.ofShop(set, shop.rules().expressions());
    Instant now = clock.instant();
    List<Query> queries = new ArrayList<>();
    for (JsonNode request : requests(body)) {
      try {
        queries.add(query(shop, request, now));
      } catch (InvalidFieldException e) {
        String place = "requests[" + queries.size() + "]." + e.field();
        throw new InvalidFieldException(place, e.value(), e.reason());
      }
    }
    ObjectNode node = Json.object();
    ArrayNode lists = node.putArray("lists");
    queries.forEach(query -> lists.add(compare(shop, query, proposed)));
    return Answer.ok(node);
  }

  private static JsonNode requests(JsonNode body) {
    JsonNode requests = body.path("requests");
    if (!requests.isArray() || requests.isEmpty() || requests.size() > MAX_LISTS) {
      throw new InvalidFieldException(
          "requests",
          requests,
          "must be an array of 1 to " + MAX_LISTS + " requests, each with a scenario");
    }
    return requests;
  }

  private static Query query(ShopRuntime shop, JsonNode request, Instant now) {
    if (!(request instanceof ObjectNode fields)) {
      throw new InvalidFieldException("request", request, "must be an object");
    }
    ObjectNode rest = fields.deepCopy();
    String scenario = rest.path("scenario").asText();
    rest.remove("scenario");
    Wish wish = Wish.of(rest);
    if (!wish.rules().rules().isEmpty()) {
      throw new InvalidFieldException("rules", null, "belong beside the requests");
    }
    shop.recommender().scenarios().named(scenario);
    return wish.query(shop, scenario, now);
  }

  private static ObjectNode compare(ShopRuntime shop, Query query, CompiledRules proposed) {
    Recommender recommender = shop.recommender();
    Adjustments known =
        new Adjustments(
            CompiledRules.NONE,
            Tuning.NONE,
            shop.shownLately().of(query.profile().shopper()),
            shop.responses());
    Recommender.Preview before = recommender.preview(query, known, shop.rules().compiled());
    Recommender.Preview after = recommender.preview(query, known, proposed);
    ObjectNode node = Json.object();
    node.put("shopper", query.profile().shopper().value()).put("scenario", query.scenario());
    node.set("before", ids(before.slate()));
    node.set("after", ids(after.slate()));
    node.set("changes", changes(before.slate(), after));
    ArrayNode shortfalls = node.putArray("shortfalls");
    after.trace().shortfalls().forEach(shortfalls::add);
    return node;
  }

  private static ArrayNode ids(Slate slate) {
    ArrayNode ids = Json.array();
    slate.items().forEach(entry -> ids.add(entry.itemId().value()));
    return ids;
  }

  /// Every item whose place is another one, in the order of the new list and then of the old.
  private static ArrayNode changes(Slate before, Recommender.Preview after) {
    ArrayNode changes = Json.array();
    for (Slate.Entry entry : after.slate().items()) {
      int from = placeOf(entry.item(), before);
      if (from != entry.position()) {
        change(changes, entry.itemId(), from, entry.position(), entry.item(), after);
      }
    }
    for (Slate.Entry entry : before.items()) {
      if (placeOf(entry.item(), after.slate()) == 0) {
        change(changes, entry.itemId(), entry.position(), 0, entry.item(), after);
      }
    }
    return changes;
  }

  private static void change(
      ArrayNode changes, ItemId id, int from, int to, int item, Recommender.Preview after) {
    ObjectNode change = changes.addObject().put("itemId", id.value());
    if (from > 0) {
      change.put("from", from);
    }
    if (to > 0) {
      change.put("to", to);
    }
    ArrayNode rules = change.putArray("rules");
    String filter = after.trace().filtered().of(item).orElse("");
    if (filter.startsWith(RuleEffect.REJECTION)) {
      rules
          .addObject()
          .put("rule", filter.substring(RuleEffect.REJECTION.length()))
          .put("action", "filtered");
    }
    for (RuleEffect effect : after.trace().effects()) {
      if (effect.item() == item) {
        rules.add(RuleCalls.write(effect));
      }
    }
  }

  private static int placeOf(int item, Slate slate) {
    return slate.items().stream()
        .filter(entry -> entry.item() == item)
        .mapToInt(Slate.Entry::position)
        .findFirst()
        .orElse(0);
  }
}
