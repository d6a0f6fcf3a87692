package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.cluster.state.ReplayProgress;
import io.zhiyin.server.config.Role;
import io.zhiyin.server.config.ServerSettings;
import io.zhiyin.server.config.SettingsException;
import io.zhiyin.server.http.LiveServer.Reply;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.storefront.Pictures;
import io.zhiyin.server.telemetry.AccessLog;
import io.zhiyin.server.telemetry.Meters;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys, roles and shops.
class RolesTest {
  @TempDir static Path data;
  private static final Map<Role, String> KEYS = new EnumMap<>(Role.class);
  private static String otherShop;
  private static LiveServer server;

  @BeforeAll
  static void start() {
    for (Role role : Role.values()) {
      KEYS.put(role, LiveServer.key(data, role, "default"));
    }
    otherShop = LiveServer.key(data, Role.ADMIN, "other");
    server = LiveServer.start(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<Route> routes() {
    ShopHub shops = server.running().shops();
    return ApiRoutes.table(shops, new Pictures(data), Clock.systemUTC(), new Meters()).routes();
  }

  private static int status(Route route, String key) {
    String path =
        route
            .path()
            .toString()
            .replace("{scenario}", "home-feed")
            .replace("{path*}", "none.svg")
            .replaceAll("\\{[a-zA-Z]+}", "nobody");
    var request = server.request(path).method(route.method().name(), BodyPublishers.noBody());
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    return server.status(request);
  }

  @Nested
  class EveryRoute {
    @Test
    void asksForAKeyUnlessItIsPublic() {
      for (Route route : routes()) {
        boolean refused = status(route, "") == 401;
        assertEquals(route.access() != Access.PUBLIC, refused, route.method() + " " + route.path());
        assertEquals(refused, status(route, "zy_0.0") == 401, "a wrong key is as good as none");
      }
    }

    @Test
    void letsInTheRolesThatItNamesAndNoOthers() {
      for (Route route : routes()) {
        for (Role role : Role.values()) {
          boolean allowed = route.access().role().map(role::covers).orElse(true);
          int status = status(route, KEYS.get(role));
          assertEquals(!allowed, status == 403, role + " " + route.method() + " " + route.path());
          assertFalse(status == 401, "the key is valid");
        }
      }
    }
  }

  @Nested
  class ABrowserKey {
    private final String key = KEYS.get(Role.BROWSER);

    @Test
    void sendsEventsAndAsksForListsAndItems() {
      Reply sent =
          server.send(
              server
                  .json("/v1/events")
                  .header("X-Api-Key", key)
                  .POST(
                      BodyPublishers.ofString(
                          "{\"eventType\":\"home-page-view\",\"visitorId\":\"v\"}")));
      assertEquals(200, sent.status());
      assertEquals(200, server.get("/v1/recommendations/home-feed?visitorId=v", key).status());
      assertEquals(200, server.get("/v1/items", key).status());
    }

    @Test
    void readsNoProfileAndWritesNoItem() {
      assertEquals(403, server.get("/v1/users/u/profile", key).status());
      assertEquals(
          403,
          server
              .send(
                  server
                      .json("/v1/items/i")
                      .header("X-Api-Key", key)
                      .PUT(BodyPublishers.ofString("{}")))
              .status());
    }
  }

  @Nested
  class TwoShops {
    @Test
    void seeNothingOfEachOther() {
      String mine = KEYS.get(Role.ADMIN);
      put("/v1/items/mine", mine, "{\"title\":\"Mine\",\"stock\":3}");
      event(mine, "shared-user", "mine", "same-event-id");
      assertEquals(200, server.get("/v1/items/mine", mine).status());
      assertEquals(404, server.get("/v1/items/mine", otherShop).status());
      assertEquals(200, server.get("/v1/users/shared-user/profile", mine).status());
      assertEquals(404, server.get("/v1/users/shared-user/profile", otherShop).status());
      assertEquals(0, server.get("/v1/items", otherShop).json().path("total").asInt());
      String path = "/v1/recommendations/home-feed?userId=shared-user";
      Reply list = server.get(path, mine);
      assertEquals("mine", list.json().at("/items/0/itemId").asText());
      assertEquals(0, server.get(path, otherShop).json().path("items").size());
      String explanation = "/v1/explanations/" + list.json().path("recommendationId").asText();
      assertEquals(200, server.get(explanation, mine).status());
      assertEquals(404, server.get(explanation, otherShop).status());
      Reply again = event(otherShop, "shared-user", "mine", "same-event-id");
      assertEquals(1, again.json().path("accepted").asInt(), "event ids are the shop's own");
      String meters = server.get("/metrics", otherShop).response().body();
      assertTrue(meters.contains("shop=\"other\""), meters);
      assertFalse(meters.contains("shop=\"default\""));
    }

    private void put(String path, String key, String json) {
      var request = server.json(path).header("X-Api-Key", key);
      assertEquals(201, server.send(request.PUT(BodyPublishers.ofString(json))).status());
    }

    private Reply event(String key, String user, String item, String id) {
      String json =
          "{\"eventId\":\"%s\",\"eventType\":\"detail-page-view\",\"userId\":\"%s\",\"items\":[{\"itemId\":\"%s\"}]}"
              .formatted(id, user, item);
      var request = server.json("/v1/events").header("X-Api-Key", key);
      return server.send(request.POST(BodyPublishers.ofString(json)));
    }
  }

  @Nested
  class WithoutKeys {
    @Test
    void theServerDoesNotListenBeyondLoopback(@TempDir Path fresh) {
      SettingsException refused =
          assertThrows(
              SettingsException.class,
              () ->
                  RunningServer.listen(
                      ServerSettings.of(fresh, 0).withHost("0.0.0.0"),
                      Clock.systemUTC(),
                      AccessLog.OFF,
                      ReplayProgress.SILENT));
      assertTrue(refused.getMessage().contains("zhiyin keys create"), refused.getMessage());
    }

    @Test
    void aPortThatIsTakenIsToldAndTheDataAreLetGo(@TempDir Path fresh) {
      try (LiveServer other = LiveServer.start(fresh.resolve("other"))) {
        int taken = URI.create(other.url()).getPort();
        SettingsException refused =
            assertThrows(
                SettingsException.class,
                () ->
                    RunningServer.listen(
                        ServerSettings.of(fresh.resolve("refused"), taken),
                        Clock.systemUTC(),
                        AccessLog.OFF,
                        ReplayProgress.SILENT));
        assertTrue(refused.getMessage().contains("Choose another with --port"));
      }
      LiveServer.start(fresh.resolve("refused")).close();
    }

    @Test
    void everythingIsAllowedOnLoopback(@TempDir Path fresh) {
      try (LiveServer open = LiveServer.start(fresh)) {
        assertEquals(200, open.get("/metrics").status());
        assertEquals(201, open.method("PUT", "/v1/items/i", "{}").status());
      }
    }
  }
}
