package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Items as the shop's own people find them, and what is wrong in the catalogue.
class ItemInsightTest {
  @TempDir Path data;

  @Test
  void areFoundByIdAndTitleWhetherTheyMayBeShownOrNot() {
    try (LiveServer server = LiveServer.start(data)) {
      server.method("PUT", "/v1/items/tea-1", "{\"title\":\"Green leaf\",\"stock\":0}");
      server.method("PUT", "/v1/items/cup", "{\"title\":\"For TEA\",\"stock\":3}");
      server.method(
          "PUT", "/v1/items/pot", "{\"title\":\"Pot\",\"attributes\":{\"title_zh\":\"茶壶\"}}");
      JsonNode found = server.get("/v1/items:find?q=Tea").json();
      assertEquals(2, found.path("total").asInt());
      assertEquals("cup", found.at("/items/0/item/itemId").asText());
      assertFalse(found.at("/items/1/showable").asBoolean(), "it is sold out");
      assertEquals(
          "pot",
          server.get("/v1/items:find?q=%E8%8C%B6").json().at("/items/0/item/itemId").asText());
    }
  }

  @Test
  void withFaultsAreCountedByFault() {
    try (LiveServer server = LiveServer.start(data)) {
      for (int i = 0; i < 9; i++) {
        server.method(
            "PUT",
            "/v1/items/i" + i,
            "{\"title\":\"T\",\"brand\":\"B\",\"categories\":[\"A\"],\"price\":" + (10 + i) + "}");
      }
      server.method("PUT", "/v1/items/dear", "{\"categories\":[\"A\"],\"price\":9000,\"stock\":0}");
      server.post(
          "/v1/events",
          "{\"eventType\":\"impression\",\"userId\":\"u\",\"items\":[{\"itemId\":\"i0\"}]}");
      JsonNode quality = server.get("/v1/items:quality").json();
      assertEquals(10, quality.path("items").asInt());
      assertEquals("[\"dear\"]", fault(quality, "no-title").path("examples").toString());
      assertEquals("[\"dear\"]", fault(quality, "price-outlier").path("examples").toString());
      assertEquals(
          8, fault(quality, "never-shown").path("count").asInt(), "one shown, one sold out");
      assertEquals(0, fault(quality, "no-category").path("count").asInt());
    }
  }

  private static JsonNode fault(JsonNode quality, String name) {
    for (JsonNode fault : quality.path("faults")) {
      if (fault.path("fault").asText().equals(name)) {
        return fault;
      }
    }
    throw new AssertionError("no fault " + name);
  }
}
