package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.zhiyin.server.http.LiveServer.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Search over HTTP: what is found, in whose order, and what is never found.
class SearchCallsTest {
  @TempDir static Path data;
  private static LiveServer server;

  @BeforeAll
  static void aShopOfLampsAndTeapots() {
    LiveServer first = LiveServer.start(data);
    for (int i = 0; i < 12; i++) {
      String kind = i % 2 == 0 ? "reading" : "garden";
      put(
          first,
          "lamp" + i,
          "\"title\":\"Lamp for %s\",\"brand\":\"B%d\",\"price\":%d,\"categories\":[\"Home > %s\"],\"attributes\":{\"title_zh\":\"台灯%d号\",\"brand_zh\":\"牌子%d\"}"
              .formatted(kind, i % 3, 10 + i, kind, i, i % 3));
    }
    for (int i = 0; i < 30; i++) {
      event(first, "gardener", "detail-page-view", "lamp" + (1 + 2 * (i % 6)));
      event(first, "other" + i, "detail-page-view", "lamp" + (i % 4));
    }
    first.close();
    server = LiveServer.start(data); // the index is made anew from what is stored
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void put(LiveServer to, String id, String fields) {
    Reply reply = to.method("PUT", "/v1/items/" + id, "{" + fields + "}");
    assertEquals(2, reply.status() / 100, reply.response().body());
  }

  private static void event(LiveServer to, String user, String type, String item) {
    String json =
        "{\"eventType\":\"%s\",\"userId\":\"%s\",\"items\":[{\"itemId\":\"%s\"}]}"
            .formatted(type, user, item);
    assertEquals(200, to.post("/v1/events", json).status());
  }

  private static JsonNode search(String q, String more) {
    Reply reply = server.get("/v1/search?q=" + encode(q) + more);
    assertEquals(200, reply.status(), reply.response().body());
    return reply.json();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<String> ids(JsonNode answer) {
    List<String> ids = new ArrayList<>();
    answer.path("items").forEach(item -> ids.add(item.path("itemId").asText()));
    return ids;
  }

  @Nested
  class TheAnswer {
    @Test
    void saysHowManyThereAreAndOfWhat() {
      JsonNode found = search("lamp", "&visitorId=v&n=5");
      assertEquals(12, found.path("total").asInt());
      assertEquals(5, found.path("items").size());
      assertFalse(found.path("recommendationId").asText().isEmpty());
      assertEquals(6, found.at("/facets/categories/1/items").asInt());
      assertEquals(3, found.at("/facets/brands").size());
      assertEquals("牌子0", found.at("/facets/brands/0/name_zh").asText());
      assertFalse(found.has("correctedQuery"));
    }

    @Test
    void goesOnPageByPageWithoutAnyItemTwice() {
      List<String> all = ids(search("lamp", "&visitorId=v&n=12"));
      List<String> pages = ids(search("lamp", "&visitorId=v&n=7"));
      pages.addAll(ids(search("lamp", "&visitorId=v&n=7&offset=7")));
      assertEquals(all, pages);
      assertEquals(8, search("lamp", "&visitorId=v&n=7&offset=7").at("/items/0/position").asInt());
    }

    @Test
    void isInChineseToo() {
      assertEquals(List.of("lamp3"), ids(search("台灯3号", "&visitorId=v")).subList(0, 1));
    }

    @Test
    void saysWhenAWordWasCorrected() {
      assertEquals("lamp", search("lapm", "&visitorId=v").path("correctedQuery").asText());
    }

    @Test
    void narrowsByCategoryBrandAndPrice() {
      JsonNode found =
          search("lamp", "&visitorId=v&brand=B1&maxPrice=15&category=" + encode("Home > garden"));
      assertEquals(List.of("lamp1"), ids(found));
      assertEquals(1, found.path("total").asInt());
    }

    @Test
    void isInTheOrderOfTheShopper() {
      List<String> stranger = ids(search("lamp", "&visitorId=v&n=12"));
      List<String> gardener = ids(search("lamp", "&userId=gardener&n=12"));
      assertNotEquals(stranger, gardener);
      assertTrue(
          garden(gardener.subList(0, 4)) > garden(stranger.subList(0, 4)),
          () -> gardener + " has no more for the garden than " + stranger);
    }

    private long garden(List<String> ids) {
      return ids.stream().filter(id -> Integer.parseInt(id.substring(4)) % 2 == 1).count();
    }
  }

  @Nested
  class WhatMayNotBeShown {
    @Test
    void isFoundFromTheNextRequestOnAndThenNoMore() {
      String past = Instant.now().minusSeconds(5).toString();
      for (String hiding :
          List.of(
              "{\"stock\":0}", "{\"available\":false}", "{\"expireTime\":\"" + past + "\"}", "")) {
        put(server, "kite", "\"title\":\"Paper kite\"");
        assertEquals(List.of("kite"), ids(search("kite", "&visitorId=v")));
        if (hiding.isEmpty()) {
          server.delete("/v1/items/kite");
        } else {
          server.method("PATCH", "/v1/items/kite", hiding);
        }
        JsonNode found = search("kite", "&visitorId=v");
        assertEquals(0, found.path("total").asInt(), hiding);
        assertEquals(0, found.path("items").size(), hiding);
        assertEquals(
            0,
            server.get("/v1/search/suggestions?q=kit").json().path("suggestions").size(),
            hiding);
      }
    }

    @Test
    void isWhatTheRulesTakeOut() {
      put(server, "knife", "\"title\":\"Bread knife\"");
      String rules =
          "{\"basedOn\":0,\"rules\":[{\"id\":\"no-knives\",\"when\":\"title.contains('knife')\",\"action\":{\"type\":\"exclude\"}}]}";
      Reply saved = server.method("PUT", "/v1/rules", rules);
      assertEquals(200, saved.status(), saved.response().body());
      assertEquals(0, search("knife", "&visitorId=v").path("total").asInt());
    }
  }

  @Nested
  class Suggestions {
    @Test
    void leadToCategoriesBrandsAndItems() {
      JsonNode found = server.get("/v1/search/suggestions?q=gar").json().path("suggestions");
      assertEquals("category", found.at("/0/kind").asText());
      assertEquals("Home > garden", found.at("/0/category").asText());
    }
  }

  @Nested
  class AWrongQuestion {
    @Test
    void isRefusedByName() {
      for (String query :
          List.of(
              "?visitorId=v",
              "?q=&visitorId=v",
              "?q=" + "x".repeat(201) + "&visitorId=v",
              "?q=lamp",
              "?q=lamp&visitorId=v&n=0",
              "?q=lamp&visitorId=v&minPrice=cheap",
              "?q=lamp&visitorId=v&minPrice=9&maxPrice=3",
              "?q=lamp&visitorId=v&minPrice=NaN",
              "?q=lamp&visitorId=v&offset=200",
              "?q=lamp&visitorId=v&lang=xx")) {
        assertEquals(400, server.get("/v1/search" + query).status(), query);
      }
    }
  }
}
