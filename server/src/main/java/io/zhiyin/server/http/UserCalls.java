package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import io.zhiyin.engine.explain.Language;
import io.zhiyin.engine.intake.EventJson;
import io.zhiyin.engine.privacy.Erasure;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.engine.profile.Shopper;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// What is known of a user, as the user may ask for it, and its erasure.
final class UserCalls {
  private final ShopHub shops;
  private final Clock clock;

  UserCalls(ShopHub shops, Clock clock) {
    this.shops = shops;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/users/{userId}/profile", Access.SERVER, Set.of("lang"), this::profile),
        Route.get("/v1/visitors/{visitorId}/profile", Access.SERVER, Set.of("lang"), this::visitor),
        Route.get("/v1/users/{userId}/export", Access.SERVER, Set.of(), this::export),
        Route.delete("/v1/users/{userId}", Access.SERVER, this::erase));
  }

  private Answer profile(Call call) throws IOException {
    ShopRuntime shop = shop(call);
    Language language = Reasons.language(call.parameter("lang").orElse("en"));
    return Answer.ok(ProfileView.write(shop, known(shop, call), language, clock.instant()));
  }

  /// The same of a browser of which it is not known whose it is.
  private Answer visitor(Call call) throws IOException {
    ShopRuntime shop = shop(call);
    Language language = Reasons.language(call.parameter("lang").orElse("en"));
    VisitorId visitor = new VisitorId(call.path("visitorId"));
    Profile profile = shop.profiles().of(new Shopper.Visitor(visitor));
    if (profile.lastSeenMillis() == 0) {
      throw ProblemException.notFound("visitor", visitor.value());
    }
    return Answer.ok(ProfileView.write(shop, profile, language, clock.instant()));
  }

  /// Everything that is kept of the user: the events themselves, those from before signing in among
  /// them. Exactly what an erasure would take away.
  private Answer export(Call call) throws IOException {
    ShopRuntime shop = shop(call);
    Profile profile = known(shop, call);
    ObjectNode node = Json.object();
    node.put("userId", profile.shopper().value());
    node.put("exportedAt", clock.instant().toString());
    node.set("profile", ProfileView.write(shop, profile, Language.ENGLISH, clock.instant()));
    ArrayNode events = node.putArray("events");
    long end = shop.journal().end();
    UserId user = new UserId(call.path("userId"));
    UserErased asIf = new UserErased(new EventId("export"), clock.instant(), user);
    long[] own = Erasure.of(shop.journal(), asIf, end).offsets();
    shop.journal()
        .read(
            0,
            (offset, event) -> {
              if (event instanceof ShopperEvent shopper && Arrays.binarySearch(own, offset) >= 0) {
                events.add(EventJson.write(shopper));
              }
            });
    return Answer.ok(node);
  }

  /// Answered when the user's records are off the disk; a user of whom nothing is known is erased
  /// already.
  private Answer erase(Call call) throws IOException {
    UserId user = new UserId(call.path("userId"));
    EventId id = new EventId("erase-" + UUID.randomUUID());
    shop(call).append(List.<Event>of(new UserErased(id, clock.instant(), user)));
    // Not whom: the log must not remember who asked to be forgotten.
    shop(call).audit().write(call.authenticated().name(), "user-erased", Map.of());
    return Answer.noContent();
  }

  static Profile known(ShopRuntime shop, Call call) {
    UserId user = new UserId(call.path("userId"));
    Profile profile = shop.profiles().of(new Shopper.User(user));
    if (profile.lastSeenMillis() == 0) {
      throw ProblemException.notFound("user", user.value());
    }
    return profile;
  }

  private ShopRuntime shop(Call call) throws IOException {
    return shops.shop(call.authenticated().shop());
  }
}
