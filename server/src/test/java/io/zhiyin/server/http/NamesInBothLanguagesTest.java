package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Categories, brands and titles are called as the asked language calls them, wherever the items
/// say how.
class NamesInBothLanguagesTest {
  @TempDir Path data;

  private void fill() {
    try (LiveServer server = LiveServer.start(data)) {
      for (int i = 0; i < 6; i++) {
        server.method(
            "PUT",
            "/v1/items/p" + i,
            "{\"title\":\"茶%d\",\"brand\":\"山月\",\"categories\":[\"Drinks > Tea\"],\"price\":9,\"attributes\":{\"title_zh\":\"茶%d\",\"title_en\":\"Tea %d\",\"brand_zh\":\"山月\",\"brand_en\":\"Moon Hill\",\"category_zh\":\"饮料 > 茶叶\"}}"
                .formatted(i, i, i));
      }
      for (int i = 0; i < 12; i++) {
        server.post(
            "/v1/events",
            "{\"eventId\":\"e%d\",\"eventType\":\"detail-page-view\",\"userId\":\"u%d\",\"items\":[{\"itemId\":\"p%d\"}]}"
                .formatted(i, i % 4, i % 5));
      }
    }
  }

  @Test
  void inTheReasonsOfAListAndOfItsTrace() {
    fill();
    try (LiveServer server = LiveServer.start(data)) {
      for (String[] both : new String[][] {{"zh", "「茶叶」", "Tea"}, {"en", "in Tea", "茶"}}) {
        JsonNode list =
            server
                .get("/v1/recommendations/home-feed?userId=u1&explain=true&lang=" + both[0])
                .json();
        JsonNode trace =
            server
                .get(
                    "/v1/explanations/"
                        + list.path("recommendationId").asText()
                        + "?lang="
                        + both[0])
                .json();
        List<String> said = texts(list);
        assertEquals(said, texts(trace), "the trace says what the list says");
        assertTrue(said.toString().contains(both[1]), said.toString());
        assertTrue(!said.toString().contains(both[2]), said.toString());
      }
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : list.path("items")) {
      item.path("reasons").forEach(reason -> texts.add(reason.path("text").asText()));
    }
    return texts;
  }

  @Test
  void inAProfile() {
    fill();
    try (LiveServer server = LiveServer.start(data)) {
      JsonNode english = server.get("/v1/users/u1/profile?lang=en").json();
      JsonNode chinese = server.get("/v1/users/u1/profile?lang=zh").json();
      assertTrue(english.path("summary").asText().contains("Tea. Brands: Moon Hill."));
      assertTrue(chinese.path("summary").asText().contains("饮料、茶叶。品牌：山月。"));
      assertEquals("山月", english.at("/interests/brands/0/name").asText());
      assertEquals("Moon Hill", english.at("/interests/brands/0/name_en").asText());
      assertEquals("山月", english.at("/interests/brands/0/name_zh").asText());
    }
  }
}
