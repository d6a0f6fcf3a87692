package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.explain.Language;
import io.zhiyin.engine.intake.EventJson;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.server.shop.LookingBack;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/// `GET /v1/users/{userId}/replay`: the last events of a user, and after each the profile and the
/// list as of then.
final class ReplayCalls {
  private static final int MOST = 50;
  private static final int LENGTH = 8;

  private final ShopHub shops;
  private final Clock clock;

  ReplayCalls(ShopHub shops, Clock clock) {
    this.shops = shops;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/v1/users/{userId}/replay",
            Access.ADMIN,
            Set.of("scenario", "n", "lang"),
            this::replay));
  }

  private Answer replay(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    String scenario = call.parameter("scenario").orElse("home-feed");
    if (!shop.recommender().scenarios().names().contains(scenario)) {
      throw ProblemException.notFound("scenario", scenario);
    }
    Language language = Reasons.language(call.parameter("lang").orElse("en"));
    int n = call.number("n", 30, 1, MOST);
    UserCalls.known(shop, call);
    LookingBack past = LookingBack.at(shop, new UserId(call.path("userId")), clock.instant());
    ObjectNode node = Json.object().put("userId", call.path("userId")).put("total", past.size());
    ArrayNode steps = node.putArray("steps");
    for (LookingBack.Step step : past.steps(scenario, n, LENGTH)) {
      ObjectNode each = steps.addObject().put("number", step.number());
      each.set("event", EventJson.write(step.event()));
      each.set(
          "profile", ProfileView.write(shop, step.profile(), language, step.event().eventTime()));
      ArrayNode items = each.putArray("items");
      for (Slate.Entry entry : step.slate().items()) {
        items.addObject().put("itemId", entry.itemId().value()).put("score", entry.score());
      }
    }
    return Answer.ok(node);
  }
}
