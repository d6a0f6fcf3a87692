package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.ShopId;
import io.zhiyin.server.shop.ShopRuntime;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a server does before it says that it is ready, so that its first lists come in time.
class FirstListsTest {
  private static final int SHOPPERS = 3;

  @Test
  void areMadeForNobodyAndCountedNowhere(@TempDir Path data) throws IOException {
    try (LiveServer server = LiveServer.start(data)) {
      server.post("/v1/items", "[{\"itemId\":\"a\",\"price\":1},{\"itemId\":\"b\",\"price\":2}]");
      for (int user = 0; user < SHOPPERS; user++) {
        server.post(
            "/v1/events",
            "{\"eventType\":\"detail-page-view\",\"userId\":\"u%d\",\"items\":[{\"itemId\":\"a\"}]}"
                .formatted(user));
      }
    }
    try (LiveServer server = LiveServer.start(data)) {
      ShopRuntime shop = server.running().shops().shop(ShopId.DEFAULT);
      assertEquals(SHOPPERS, shop.warmUp(), "one for each shopper");
      assertFalse(server.get("/metrics").response().body().contains("zhiyin_candidates"));
      assertEquals(200, server.get("/v1/recommendations/home-feed?userId=u0").status());
      assertTrue(
          server.get("/metrics").response().body().contains("zhiyin_candidates_count"),
          "of a list that somebody got");
    }
  }
}
