package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.server.shop.SampleShoppers;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `GET /v1/shoppers/sample`: a few known shoppers to try the storefront as; for the shop's own
/// people.
final class ShopperCalls {
  private final ShopHub shops;
  private final Clock clock;

  ShopperCalls(ShopHub shops, Clock clock) {
    this.shops = shops;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/shoppers/sample", Access.ADMIN, Set.of("n"), this::sample));
  }

  private Answer sample(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    int n = call.number("n", 8, 1, 50);
    ObjectNode node = Json.object();
    ArrayNode array = node.putArray("shoppers");
    for (SampleShoppers.Sample sample : SampleShoppers.of(shop, n, clock.instant())) {
      ObjectNode entry = array.addObject();
      entry.put("userId", sample.userId()).put("events", sample.events());
      entry.put("lastSeen", Instant.ofEpochMilli(sample.lastSeenMillis()).toString());
      ArrayNode interests = entry.putArray("interests");
      for (SampleShoppers.Interest interest : sample.interests()) {
        ObjectNode i = interests.addObject();
        i.put("category", interest.shelf().path());
        for (Map.Entry<String, String> name : interest.shelf().names().entrySet()) {
          i.put("name_" + name.getKey(), name.getValue());
        }
        i.put("share", interest.share());
      }
    }
    return Answer.ok(node);
  }
}
