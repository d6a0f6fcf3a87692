package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.engine.profile.Shopper;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/// Which users there are, page by page, and what one of them did with items.
final class UserListing {
  private static final int MOST_USERS = 200;
  private static final int MOST_ENTRIES = 2_000;

  private final ShopHub shops;

  UserListing(ShopHub shops) {
    this.shops = shops;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/users", Access.SERVER, Set.of("prefix", "after", "n"), this::list),
        Route.get("/v1/users/{userId}/history", Access.SERVER, Set.of("n"), this::history));
  }

  /// Users in the order of their ids. All ids are looked at, but only as many as fit the page are
  /// kept and read.
  private Answer list(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    String prefix = call.parameter("prefix").orElse("");
    String after = call.parameter("after").orElse("");
    int n = call.number("n", 50, 1, MOST_USERS);
    PriorityQueue<String> first = new PriorityQueue<>(Comparator.reverseOrder());
    shop.profiles()
        .shoppers()
        .filter(Shopper.User.class::isInstance)
        .map(Shopper::value)
        .filter(id -> id.startsWith(prefix) && id.compareTo(after) > 0)
        .forEach(
            id -> {
              first.add(id);
              if (first.size() > n + 1) {
                first.remove();
              }
            });
    List<String> ids = first.stream().sorted().toList();
    ObjectNode node = Json.object();
    ArrayNode users = node.putArray("users");
    for (String id : ids.subList(0, Math.min(n, ids.size()))) {
      Profile profile = shop.profiles().of(new Shopper.User(new UserId(id)));
      users
          .addObject()
          .put("userId", id)
          .put("events", profile.history().size())
          .put("lastSeen", Instant.ofEpochMilli(profile.lastSeenMillis()).toString());
    }
    if (ids.size() > n) {
      node.put("next", ids.get(n - 1));
    }
    return Answer.ok(node);
  }

  private Answer history(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    History history = UserCalls.known(shop, call).history();
    int n = call.number("n", 200, 1, MOST_ENTRIES);
    ObjectNode node = Json.object().put("total", history.size());
    ArrayNode entries = node.putArray("entries");
    for (int i = history.size() - 1; i >= Math.max(0, history.size() - n); i--) {
      ObjectNode entry = entries.addObject();
      entry.put("itemId", shop.catalog().vocabulary().idOf(history.item(i)).value());
      entry.put("eventType", history.kind(i).wireName());
      entry.put("eventTime", Instant.ofEpochMilli(history.timeMillis(i)).toString());
      if (Float.isFinite(history.price(i))) {
        entry.put("price", history.price(i));
      }
    }
    return Answer.ok(node);
  }
}
