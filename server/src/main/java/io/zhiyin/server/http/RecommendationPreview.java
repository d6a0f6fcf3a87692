package io.zhiyin.server.http;

import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/// `POST /v1/recommendations/{scenario}:preview`: the list that a request would get now, for the
/// shop's own people. It is counted nowhere and no impression comes of it; its trace is kept, so
/// that `/v1/explanations/{recommendationId}` answers why.
final class RecommendationPreview {
  private final ShopHub shops;
  private final Clock clock;

  RecommendationPreview(ShopHub shops, Clock clock) {
    this.shops = shops;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.post(
            "/v1/recommendations/{scenario}:preview", Access.ADMIN, BodyType.JSON, this::preview));
  }

  private Answer preview(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    String scenario = call.path("scenario");
    if (!shop.recommender().scenarios().names().contains(scenario)) {
      throw ProblemException.notFound("scenario", scenario);
    }
    Wish wish = Wish.of(call.json());
    Slate slate = shop.preview(wish.query(shop, scenario, clock.instant()), wish.adjustments(shop));
    return Answer.ok(RecommendationCalls.write(slate, null));
  }
}
