package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import io.zhiyin.server.telemetry.Meters;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/v1/recommendations/{scenario}`: the list for a shopper, a page and a cart.
final class RecommendationCalls {
  private static final String PATH = "/v1/recommendations/{scenario}";

  private final ShopHub shops;
  private final Clock clock;
  private final Meters meters;

  RecommendationCalls(ShopHub shops, Clock clock, Meters meters) {
    this.shops = shops;
    this.clock = clock;
    this.meters = meters;
  }

  List<Route> routes() {
    return List.of(
        Route.get(PATH, Access.BROWSER, Wish.FIELDS, call -> answer(call, Wish.of(call)))
            .as(Load.LISTS),
        Route.post(PATH, Access.BROWSER, BodyType.JSON, call -> answer(call, Wish.of(call.json())))
            .as(Load.LISTS));
  }

  private Answer answer(Call call, Wish wish) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    String scenario = call.path("scenario");
    if (!shop.recommender().scenarios().names().contains(scenario)) {
      throw ProblemException.notFound("scenario", scenario);
    }
    long start = System.nanoTime();
    Query query = wish.query(shop, scenario, clock.instant());
    Slate slate = shop.recommend(query, wish.adjustments(shop));
    meters.recommended(shop.id(), scenario, System.nanoTime() - start);
    return Answer.ok(
        write(slate, query.explain() ? Reasons.of(shop, query, wish.language()) : null));
  }

  static ObjectNode write(Slate slate, @Nullable Reasons reasons) {
    ObjectNode node = Json.object();
    node.put("recommendationId", slate.recommendationId().value());
    node.put("scenario", slate.scenario());
    node.put("model", slate.model());
    ArrayNode items = node.putArray("items");
    for (Slate.Entry entry : slate.items()) {
      ObjectNode item = items.addObject();
      item.put("itemId", entry.itemId().value());
      item.put("score", entry.score());
      item.put("position", entry.position());
      item.put("propensity", entry.candidate().propensity());
      if (reasons != null) {
        item.set("reasons", reasons.write(entry));
      }
    }
    if (!slate.degraded().isEmpty()) {
      ArrayNode degraded = node.putArray("degraded");
      slate.degraded().forEach(degraded::add);
    }
    return node;
  }
}
