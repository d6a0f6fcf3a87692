package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A shopper says "not interested": from the next request on the item is in no list, and what is
/// like it sinks.
class NotInterestedTest {
  private static final int ITEMS = 12;

  @TempDir Path data;
  private LiveServer server;

  @BeforeEach
  void aShopOfTeaAndLamps() {
    server = LiveServer.start(data);
    for (int i = 0; i < ITEMS; i++) {
      String kind = i % 2 == 0 ? "Tea" : "Lamp";
      String item =
          "{\"title\":\"%s number %d\",\"brand\":\"%s\",\"categories\":[\"%s\"]}"
              .formatted(kind, i, kind, kind);
      assertEquals(201, server.method("PUT", "/v1/items/i" + i, item).status());
    }
    for (int i = 0; i < ITEMS; i++) {
      tell("u", "detail-page-view", i);
      tell("other", "detail-page-view", i);
    }
    server.close();
    server = LiveServer.start(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void tell(String user, String type, int item) {
    String event =
        "{\"eventType\":\"%s\",\"userId\":\"%s\",\"items\":[{\"itemId\":\"i%d\"}]}"
            .formatted(type, user, item);
    assertEquals(200, server.post("/v1/events", event).status());
  }

  private List<String> ids(String path) {
    List<String> ids = new ArrayList<>();
    server.get(path).json().path("items").forEach(i -> ids.add(i.path("itemId").asText()));
    return ids;
  }

  private List<String> list(String scenario) {
    return ids("/v1/recommendations/" + scenario + "?userId=u&itemId=i1&n=" + ITEMS);
  }

  @Test
  void theItemIsInNoListOfTheirsAnyMore() {
    tell("u", "not-interested", 4);
    for (String scenario :
        List.of("home-feed", "similar-items", "trending", "new-arrivals", "recently-viewed")) {
      List<String> list = list(scenario);
      assertFalse(list.contains("i4"), scenario + list);
      assertTrue(list.size() > 3, scenario + " has others: " + list);
    }
    assertTrue(ids("/v1/recommendations/home-feed?userId=other&n=12").contains("i4"));
  }

  @Test
  void whatIsLikeItSinks() {
    tell("u", "not-interested", 4);
    tell("u", "not-interested", 6);
    List<String> list = ids("/v1/recommendations/trending?userId=u&n=12");
    int firstTea = list.indexOf(list.stream().filter(id -> isTea(id)).findFirst().orElseThrow());
    assertTrue(firstTea >= 3, "lamps come first: " + list);
  }

  private static boolean isTea(String id) {
    return Integer.parseInt(id.substring(1)) % 2 == 0;
  }

  @Test
  void aSearchStillFindsItButLast() {
    assertEquals(6, ids("/v1/search?q=tea&userId=u").size());
    tell("u", "not-interested", 0);
    List<String> found = ids("/v1/search?q=tea&userId=u");
    assertEquals(6, found.size());
    assertEquals("i0", found.getLast());
  }

  @Test
  void theTraceSaysWhy() {
    tell("u", "not-interested", 4);
    JsonNode list = server.get("/v1/recommendations/trending?userId=u&n=12").json();
    String id = list.path("recommendationId").asText();
    JsonNode why = server.get("/v1/explanations/" + id + "?itemId=i4").json();
    assertTrue(why.toString().contains("not to be interested"), why.toString());
  }

  @Test
  void itHoldsAfterARestartAndUntilTheItemIsWantedAfterAll() {
    tell("u", "not-interested", 4);
    server.close();
    server = LiveServer.start(data);
    assertFalse(list("home-feed").contains("i4"));
    tell("u", "detail-page-view", 4);
    assertFalse(list("home-feed").contains("i4"), "looking is not wanting");
    tell("u", "add-to-favorites", 4);
    assertTrue(list("home-feed").contains("i4"));
  }

  @Test
  void theProfileNamesWhatIsSavedAndWhatIsRefused() {
    assertEquals("[] []", marks());
    tell("u", "add-to-favorites", 2);
    tell("u", "add-to-favorites", 4);
    tell("u", "not-interested", 6);
    tell("u", "detail-page-view", 6);
    assertEquals("[\"i4\",\"i2\"] [\"i6\"]", marks());
    tell("u", "remove-from-favorites", 2);
    tell("u", "not-interested", 4);
    tell("u", "add-to-cart", 6);
    assertEquals("[] [\"i4\"]", marks());
    tell("u", "add-to-favorites", 4);
    assertEquals("[\"i4\"] []", marks());
  }

  private String marks() {
    JsonNode profile = server.get("/v1/users/u/profile").json();
    return profile.path("favorites") + " " + profile.path("notInterested");
  }

  @Test
  void theProfileLosesInterestInTheCategory() {
    double before = interestInTea();
    tell("u", "not-interested", 4);
    assertTrue(interestInTea() < before - 3.9, before + " and then " + interestInTea());
  }

  private double interestInTea() {
    JsonNode categories =
        server.get("/v1/users/u/profile").json().path("interests").path("categories");
    for (JsonNode category : categories) {
      if (category.path("name").asText().equals("Tea")) {
        return category.path("score").asDouble();
      }
    }
    return 0;
  }
}
