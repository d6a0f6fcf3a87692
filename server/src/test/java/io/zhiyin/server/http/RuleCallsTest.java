package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.zhiyin.server.http.LiveServer.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules over HTTP: saved, checked, previewed, put back, and there after a restart.
class RuleCallsTest {
  @TempDir Path data;

  private static final String NO_I3 =
      "{\"id\":\"no-i3\",\"items\":[\"i3\"],\"action\":{\"type\":\"exclude\"}}";
  private static final String FIRST_I1 =
      "{\"id\":\"first\",\"items\":[\"i1\"],\"action\":{\"type\":\"pin\",\"position\":1}}";

  private static void fill(LiveServer server) {
    for (int i = 0; i < 5; i++) {
      server.method(
          "PUT", "/v1/items/i" + i, "{\"price\":1" + i + ",\"brand\":\"B" + i % 2 + "\"}");
    }
  }

  private static Reply save(LiveServer server, int basedOn, String... rules) {
    String body = "{\"basedOn\":" + basedOn + ",\"author\":\"Li\",\"rules\":[%s]}";
    return server.method("PUT", "/v1/rules", body.formatted(String.join(",", rules)));
  }

  private static List<String> list(LiveServer server) {
    List<String> ids = new ArrayList<>();
    for (JsonNode item :
        server.get("/v1/recommendations/trending?userId=u1").json().path("items")) {
      ids.add(item.path("itemId").asText());
    }
    return ids;
  }

  @Test
  void holdFromTheNextRequestOnAndAfterARestart() {
    try (LiveServer server = LiveServer.start(data)) {
      fill(server);
      JsonNode none = server.get("/v1/rules").json();
      assertEquals(0, none.path("version").asInt());
      assertFalse(none.has("savedAt"), "nothing was saved, so at no time");
      assertEquals(List.of("i4", "i3", "i2", "i1", "i0"), list(server));
      Reply saved = save(server, 0, NO_I3, FIRST_I1);
      assertEquals(200, saved.status(), saved.response().body());
      assertEquals("[1,1]", saved.json().path("matches").toString());
      assertEquals(List.of("i1", "i4", "i2", "i0"), list(server));
    }
    try (LiveServer again = LiveServer.start(data)) {
      assertEquals(List.of("i1", "i4", "i2", "i0"), list(again));
      assertEquals("Li", again.get("/v1/rules").json().path("author").asText());
    }
  }

  @Test
  void keepAScenariosSourcesAndSayWhatOneMayNotExpect() {
    try (LiveServer server = LiveServer.start(data)) {
      fill(server);
      String body =
          """
          {"basedOn":0,"rules":[],"scenarios":{"home-feed":{"sources":{"trending":0,"new":200}},
           "cart":{"sources":{"trending":20}},"search-rerank":{"sources":{"popular":9}},
           "trending":{"sources":{"trending":0}}}}""";
      JsonNode saved = server.method("PUT", "/v1/rules", body).json();
      List<String> warned = new ArrayList<>();
      saved.path("findings").forEach(finding -> warned.add(finding.path("field").asText()));
      assertEquals(
          List.of(
              "scenarios.cart.sources.trending",
              "scenarios.search-rerank.sources",
              "scenarios.trending.sources"),
          warned);
      assertEquals(
          "{\"trending\":0,\"new\":200}",
          server.get("/v1/rules").json().at("/scenarios/home-feed/sources").toString());
      Reply wrong =
          server.method("PUT", "/v1/rules", body.replace("200", "2000").replace(":0,", ":1,"));
      assertEquals(400, wrong.status(), wrong.response().body());
      assertEquals("scenarios.home-feed.sources.new", wrong.json().at("/errors/0/field").asText());
    }
  }

  @Test
  void keepAScenariosObjectiveAndSayWhereItChangesNothing() {
    try (LiveServer server = LiveServer.start(data)) {
      fill(server);
      String body =
          """
          {"basedOn":0,"rules":[],"scenarios":{"home-feed":{"objective":"conversion"},
           "trending":{"objective":"revenue"},"cart":{"objective":"engagement","diversity":0.3}}}""";
      JsonNode saved = server.method("PUT", "/v1/rules", body).json();
      assertEquals(1, saved.path("version").asInt(), saved.toString());
      assertEquals(2, saved.path("findings").size(), saved.toString());
      assertEquals("warning", saved.at("/findings/0/severity").asText());
      assertEquals("scenarios.home-feed.objective", saved.at("/findings/0/field").asText());
      assertTrue(
          saved.at("/findings/0/reason").asText().contains("the model in use has not learned"));
      assertEquals("scenarios.trending.objective", saved.at("/findings/1/field").asText());
      assertTrue(saved.at("/findings/1/reason").asText().contains("no say in this scenario"));
      Reply wrong = server.method("PUT", "/v1/rules", body.replace("\"revenue\"", "\"money\""));
      assertEquals(400, wrong.status());
      assertEquals("scenarios.trending.objective", wrong.json().at("/errors/0/field").asText());
    }
    try (LiveServer again = LiveServer.start(data)) {
      JsonNode scenarios = again.get("/v1/rules").json().path("scenarios");
      assertEquals("conversion", scenarios.at("/home-feed/objective").asText());
      assertEquals("{\"diversity\":0.3}", scenarios.path("cart").toString());
      assertEquals(5, list(again).size(), "lists are made as before");
    }
  }

  @Test
  void areNotOverwrittenByWhoHasNotSeenTheLastVersionAndCanBePutBack() {
    try (LiveServer server = LiveServer.start(data)) {
      fill(server);
      save(server, 0, NO_I3);
      assertEquals(409, save(server, 0, FIRST_I1).status());
      save(server, 1, FIRST_I1);
      Reply back = server.post("/v1/rules:rollback", "{\"to\":1,\"basedOn\":2,\"author\":\"Wu\"}");
      assertEquals(3, back.json().path("version").asInt(), back.response().body());
      assertEquals(List.of("i4", "i2", "i1", "i0"), list(server));
      JsonNode versions = server.get("/v1/rules/versions").json();
      assertEquals(3, versions.path("versions").size());
      assertEquals("back to version 1", versions.at("/versions/2/note").asText());
      assertEquals("first", server.get("/v1/rules/versions/2").json().at("/rules/0/id").asText());
      assertEquals(404, server.get("/v1/rules/versions/9").status());
      assertEquals(404, server.post("/v1/rules:rollback", "{\"to\":9,\"basedOn\":3}").status());
    }
  }

  @Test
  void withErrorsAreRefusedByFieldAndNothingIsSaved() {
    try (LiveServer server = LiveServer.start(data)) {
      fill(server);
      String wrong = "{\"id\":\"w\",\"when\":\"colour == 'red'\",\"action\":{\"type\":\"filter\"}}";
      Reply refused = save(server, 0, NO_I3, wrong);
      assertEquals(400, refused.status());
      assertEquals("rules[1].when", refused.json().at("/errors/0/field").asText());
      assertEquals(0, server.get("/v1/rules").json().path("version").asInt());
      JsonNode check = server.post("/v1/rules:check", "{\"rules\":[" + wrong + "]}").json();
      assertEquals("error", check.at("/findings/0/severity").asText());
      assertTrue(
          check.at("/findings/0/reason").asText().startsWith("at line 1, column 1: "),
          check.toString());
    }
  }

  @Test
  void mayNameTheFieldsThatTheServerLists() {
    try (LiveServer server = LiveServer.start(data)) {
      fill(server);
      JsonNode fields = server.get("/v1/rules/fields").json();
      assertEquals("list of string", typeOf(fields.path("item"), "tags"));
      assertEquals("map of string to string", typeOf(fields.path("item"), "attributes"));
      assertEquals("bool", typeOf(fields.path("audience"), "user.signedIn"));
      for (JsonNode field : fields.path("item")) {
        String name = field.path("name").asText();
        String rule =
            "{\"id\":\"a\",\"when\":\"%s == %s\",\"action\":{\"type\":\"filter\"}}"
                .formatted(name, name);
        JsonNode check = server.post("/v1/rules:check", "{\"rules\":[" + rule + "]}").json();
        assertTrue(check.path("ok").asBoolean(), check.toString());
      }
    }
  }

  private static String typeOf(JsonNode fields, String name) {
    for (JsonNode field : fields) {
      if (field.path("name").asText().equals(name)) {
        return field.path("type").asText();
      }
    }
    return "";
  }

  @Test
  void canBeTriedWithoutBeingSaved() {
    try (LiveServer server = LiveServer.start(data)) {
      fill(server);
      String requests = "[{\"scenario\":\"trending\",\"userId\":\"u1\",\"n\":3}]";
      JsonNode lists =
          server
              .post(
                  "/v1/rules:preview",
                  "{\"rules\":[" + NO_I3 + "," + FIRST_I1 + "],\"requests\":" + requests + "}")
              .json();
      assertEquals("[\"i4\",\"i3\",\"i2\"]", lists.at("/lists/0/before").toString());
      assertEquals("[\"i1\",\"i4\",\"i2\"]", lists.at("/lists/0/after").toString());
      JsonNode changes = lists.at("/lists/0/changes");
      assertEquals("i1", changes.at("/0/itemId").asText());
      assertEquals("first", changes.at("/0/rules/0/rule").asText());
      assertEquals("i3", changes.at("/2/itemId").asText());
      assertEquals("no-i3", changes.at("/2/rules/0/rule").asText());
      assertEquals(0, server.get("/v1/rules").json().path("version").asInt());
      assertEquals(List.of("i4", "i3", "i2", "i1", "i0"), list(server));
    }
  }

  @Test
  void ofOneRequestHoldForItAloneAndAreFew() {
    try (LiveServer server = LiveServer.start(data)) {
      fill(server);
      Reply mine =
          server.post(
              "/v1/recommendations/trending",
              "{\"userId\":\"u1\",\"n\":2,\"rules\":[" + FIRST_I1 + "]}");
      assertEquals("i1", mine.json().at("/items/0/itemId").asText(), mine.response().body());
      assertEquals("i4", list(server).getFirst());
      String many = String.join(",", java.util.Collections.nCopies(11, FIRST_I1));
      Reply refused =
          server.post(
              "/v1/recommendations/trending", "{\"userId\":\"u1\",\"rules\":[" + many + "]}");
      assertEquals("rules", refused.json().at("/errors/0/field").asText());
    }
  }

  @Test
  void areNamedWhereTheyTookAnItemOutOrMovedIt() {
    try (LiveServer server = LiveServer.start(data)) {
      fill(server);
      save(server, 0, NO_I3, FIRST_I1);
      String id =
          server
              .get("/v1/recommendations/trending?userId=u1&n=2")
              .json()
              .path("recommendationId")
              .asText();
      JsonNode trace = server.get("/v1/explanations/" + id).json();
      assertEquals("pin", trace.at("/items/0/rules/0/action").asText(), trace.toString());
      assertEquals(4, trace.at("/items/0/rules/0/from").asInt() + 1, trace.toString());
      JsonNode why = server.get("/v1/explanations/" + id + "?itemId=i3").json();
      assertEquals("no-i3", why.path("rule").asText());
      JsonNode gave = server.get("/v1/explanations/" + id + "?itemId=i2&lang=zh").json();
      assertEquals("displaced", gave.path("code").asText(), gave.toString());
      assertEquals("first", gave.path("rule").asText());
    }
  }

  @Test
  void thatAreDamagedOnDiskKeepTheServerFromStarting() throws IOException {
    try (LiveServer server = LiveServer.start(data)) {
      fill(server);
      save(server, 0, NO_I3);
    }
    try (Stream<Path> files = Files.walk(data)) {
      Path file =
          files.filter(path -> path.endsWith("rules-000001.json")).findFirst().orElseThrow();
      Files.writeString(file, Files.readString(file).replace("i3", "i2"));
    }
    Throwable refused = assertThrows(Throwable.class, () -> LiveServer.start(data).close());
    while (refused.getCause() != null) {
      refused = refused.getCause();
    }
    assertTrue(
        String.valueOf(refused.getMessage()).contains("is damaged; put it back from a backup"),
        String.valueOf(refused.getMessage()));
  }
}
