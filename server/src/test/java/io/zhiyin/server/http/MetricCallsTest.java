package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.server.config.Role;
import io.zhiyin.server.telemetry.Meters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the lists brought, over HTTP: one shopper sees two items, clicks one and buys it.
class MetricCallsTest {
  @TempDir static Path data;
  private static LiveServer server;

  @BeforeAll
  static void start() throws IOException {
    server = LiveServer.start(data);
    server.method("PUT", "/v1/items/lamp", "{\"price\":20,\"stock\":5}");
    server.method("PUT", "/v1/items/vase", "{\"price\":30,\"stock\":5}");
    event("impression", "'recommendationId':'r1','scenario':'home-feed',", "lamp", "vase");
    event("click", "'recommendationId':'r1','scenario':'home-feed',", "lamp");
    event("detail-page-view", "", "lamp");
    event("add-to-cart", "", "lamp");
    event("purchase-complete", "'attributes':{'currency':'CNY'},", "lamp");
    event("impression", "'attributes':{'traffic':'internal'},", "lamp");
    server.get("/v1/recommendations/home-feed?userId=anna");
    server.running().shops().shop(io.zhiyin.engine.event.ShopId.DEFAULT).store().measureNow();
  }

  private static void event(String type, String more, String... items) {
    List<String> lines = new ArrayList<>();
    for (String item : items) {
      lines.add("{'itemId':'" + item + "','quantity':2,'price':20}");
    }
    String json =
        "{'eventType':'"
            + type
            + "','userId':'anna',"
            + more
            + "'items':["
            + String.join(",", lines);
    assertEquals(200, server.post("/v1/events", (json + "]}").replace('\'', '"')).status());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Nested
  class TheSummary {
    @Test
    void hasTheFiguresOfEachScenario() {
      JsonNode home = server.get("/v1/metrics/summary").json().at("/scenarios/0");
      assertEquals("home-feed", home.path("scenario").asText());
      assertEquals(2, home.path("impressions").asInt());
      assertEquals(0.5, home.at("/ctr/value").asDouble());
      assertEquals(0.0945, home.at("/ctr/low").asDouble(), 1e-4);
      assertEquals(1, home.path("carts").asInt());
      assertEquals(1, home.path("purchases").asInt());
      assertEquals("CNY", home.at("/attributedRevenue/0/currency").asText());
      assertEquals(40.0, home.at("/attributedRevenue/0/amount").asDouble());
    }

    @Test
    void hasTheFunnelAndWhatWasLeftOut() {
      JsonNode all = server.get("/v1/metrics/summary").json();
      assertEquals("view", all.at("/funnel/0/step").asText());
      assertEquals(1, all.at("/funnel/3/shoppers").asInt());
      assertEquals(1, all.at("/excluded/internal").asInt());
      assertEquals(5, all.path("events").asInt());
      assertEquals(0, all.path("eventsBehind").asInt());
    }

    @Test
    void ofAnotherTimeIsEmpty() {
      JsonNode all = server.get("/v1/metrics/summary?from=2020-01-01&to=2020-02-01").json();
      assertEquals(0, all.at("/total/impressions").asInt());
      assertTrue(all.at("/total/ctr/value").isNull());
    }

    @Test
    void refusesTimesThatAreNone() {
      assertEquals(400, server.get("/v1/metrics/summary?from=yesterday").status());
      assertEquals(400, server.get("/v1/metrics/summary?from=2026-01-02&to=2026-01-01").status());
    }
  }

  @Nested
  class ASeries {
    @Test
    void isOfOneFigureAndScenario() {
      JsonNode series =
          server.get("/v1/metrics/series?metric=ctr&scenario=home-feed&step=day").json();
      assertEquals("share", series.path("unit").asText());
      assertEquals(0.5, series.at("/points/0/value").asDouble());
      assertTrue(series.at("/points/0/time").asText().endsWith("T00:00:00Z"));
      JsonNode money = server.get("/v1/metrics/series?metric=attributed-revenue").json();
      assertEquals(40.0, money.at("/points/0/amounts/0/amount").asDouble());
    }

    @Test
    void existsForEveryDefinedFigureInBothLanguages() {
      JsonNode definitions = server.get("/v1/metrics/definitions").json();
      assertTrue(definitions.path("metrics").size() >= 10);
      for (JsonNode each : definitions.path("metrics")) {
        assertTrue(
            each.at("/definition/zh").asText().codePoints().anyMatch(Character::isIdeographic));
        assertFalse(each.at("/title/en").asText().isEmpty());
        String path = "/v1/metrics/series?metric=" + each.path("metric").asText();
        assertEquals(1, server.get(path).json().path("points").size(), path);
      }
      assertEquals(6, definitions.path("figures").size());
    }

    @Test
    void refusesWhatIsNone() {
      assertEquals(400, server.get("/v1/metrics/series?metric=happiness").status());
      assertEquals(400, server.get("/v1/metrics/series?step=minute").status());
      assertEquals(400, server.get("/v1/metrics/series?from=2026-01-01&to=2026-06-01").status());
    }
  }

  @Nested
  class LiveViews {
    private HttpResponse<InputStream> open(HttpClient client) throws Exception {
      return client.send(
          HttpRequest.newBuilder(server.request("/v1/live").build().uri()).build(),
          BodyHandlers.ofInputStream());
    }

    /// As soon as there is room: another test's views leave when the server next writes to them.
    private InputStream letIn(HttpClient client) throws Exception {
      HttpResponse<InputStream> view = open(client);
      while (view.statusCode() == 503) {
        view.body().close();
        view = open(client);
      }
      assertEquals(200, view.statusCode());
      return view.body();
    }

    @Test
    void tellEachSecondHowTheShopDoes() throws Exception {
      try (HttpClient client = HttpClient.newHttpClient();
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(letIn(client), StandardCharsets.UTF_8))) {
        for (int i = 0; i < 2; i++) {
          String line = lines.readLine();
          assertTrue(line.startsWith("data: {"), line);
          JsonNode now = new ObjectMapper().readTree(line.substring(6));
          assertEquals(2, now.at("/lastHour/impressions").asInt());
          assertTrue(now.path("alerts").isArray());
          assertEquals("", lines.readLine());
        }
      }
    }

    @Test
    void haveABoundAndLeaveTheirPlaces() throws Exception {
      List<HttpResponse<InputStream>> open = new ArrayList<>();
      try (HttpClient client = HttpClient.newHttpClient()) {
        for (int i = 0; i < LiveCalls.MOST; i++) {
          HttpResponse<InputStream> one = open(client);
          open.add(one);
          if (one.statusCode() == 503) {
            break; // another test's view has not left yet
          }
        }
        assertEquals(503, server.get("/v1/live").status());
        for (HttpResponse<InputStream> each : open) {
          each.body().close();
        }
        int status = 503;
        while (status == 503) { // a server notices when it next writes
          status = server.status(server.request("/v1/live").GET());
        }
        assertEquals(200, status);
        client.shutdownNow();
      }
    }

    @Test
    void endWhenTheServerStops(@TempDir Path fresh) throws Exception {
      try (HttpClient client = HttpClient.newHttpClient()) {
        LiveServer other = LiveServer.start(fresh);
        HttpResponse<InputStream> view =
            client.send(other.request("/v1/live").build(), BodyHandlers.ofInputStream());
        assertEquals(200, view.statusCode());
        other.close();
        byte[] rest = view.body().readAllBytes();
        assertTrue(new String(rest, StandardCharsets.UTF_8).startsWith("data: "));
      }
    }
  }

  @Nested
  class TheAuditLog {
    @Test
    void hasWhoChangedWhatAndNothingOfAnErasedUser() {
      String rules = "{\"basedOn\":0,\"author\":\"li\",\"note\":\"first\",\"rules\":[]}";
      assertEquals(200, server.method("PUT", "/v1/rules", rules).status());
      assertEquals(204, server.delete("/v1/users/forgotten-one").status());
      LiveServer.Reply reply = server.get("/v1/audit?n=5");
      assertFalse(reply.response().body().contains("forgotten-one"));
      JsonNode entries = reply.json().path("entries");
      assertEquals("user-erased", entries.path(0).path("what").asText());
      assertEquals("rules-saved", entries.path(1).path("what").asText());
      assertEquals("local", entries.path(1).path("who").asText());
      assertEquals("li", entries.path(1).at("/details/author").asText());
      assertEquals("1", entries.path(1).at("/details/version").asText());
    }
  }

  @Nested
  class WithKeys {
    @Test
    void theLogNamesTheKeyAndAnotherShopSeesNothing(@TempDir Path locked) {
      String mine = LiveServer.key(locked, Role.ADMIN, "default");
      String other = LiveServer.key(locked, Role.ADMIN, "other");
      try (LiveServer keyed = LiveServer.start(locked)) {
        String rules = "{\"basedOn\":0,\"rules\":[]}";
        var save = keyed.json("/v1/rules").header("X-Api-Key", mine);
        assertEquals(200, keyed.send(save.PUT(BodyPublishers.ofString(rules))).status());
        JsonNode entry = keyed.get("/v1/audit", mine).json().at("/entries/0");
        assertEquals(mine.substring(0, mine.indexOf('.')), entry.path("who").asText());
        assertEquals(0, keyed.get("/v1/audit", other).json().path("entries").size());
        LiveServer.Reply system = keyed.get("/v1/system", other);
        assertEquals(1, system.json().path("keys").size());
        assertFalse(system.response().body().contains("hash"));
      }
    }
  }

  @Nested
  class TheSystem {
    @Test
    void tellsOfItsPartsAndNoSecret() {
      JsonNode system = server.get("/v1/system").json();
      assertEquals(5, system.path("parts").size());
      assertTrue(system.at("/disk/freeBytes").asLong() > 0);
      assertTrue(system.at("/queues/waiting~1lists").isInt());
      assertEquals(2, system.at("/shop/items").asInt());
    }
  }

  @Nested
  class ForPrometheus {
    private static final Pattern NAME = Pattern.compile("zhiyin_[a-z0-9_]+");

    @Test
    void everyMeterOfTheDashboardIsExposed() throws IOException {
      Path dashboard =
          Path.of(System.getProperty("zhiyin.root", "..")).resolve("docs/grafana/zhiyin.json");
      JsonNode json = new ObjectMapper().readTree(Files.readString(dashboard));
      Set<String> asked = new TreeSet<>();
      for (JsonNode expression : json.findValues("expr")) {
        Matcher names = NAME.matcher(expression.asText());
        while (names.find()) {
          asked.add(names.group());
        }
      }
      assertTrue(asked.size() >= 12, "the dashboard asks for " + asked);
      Set<String> exposed = new TreeSet<>();
      for (String line : server.get("/metrics").response().body().lines().toList()) {
        if (!line.startsWith("#")) {
          exposed.add(line.replaceAll("[{ ].*", ""));
        }
      }
      asked.removeAll(exposed);
      assertEquals(Set.of(), asked, "not at /metrics");
    }

    @Test
    void anAlertIsOneWhileItHoldsAndElseZero() {
      Map<String, String> alerts = new TreeMap<>();
      Pattern alert = Pattern.compile("zhiyin_alert\\{name=\"([a-z-]+)\",shop=\"default\"} (.*)");
      alert
          .matcher(server.get("/metrics").response().body())
          .results()
          .forEach(found -> alerts.put(found.group(1), found.group(2)));
      assertEquals(Set.copyOf(Alerts.CODES), alerts.keySet());
      assertEquals("0.0", alerts.get("no-events"), "events came a moment ago");
      Meters meters = new Meters();
      ShopId shop = new ShopId("s");
      meters.alerts(shop, Map.of("no-events", true));
      assertTrue(meters.scrape(shop).contains("zhiyin_alert{name=\"no-events\",shop=\"s\"} 1.0"));
      meters.alerts(shop, Map.of("no-events", false));
      assertTrue(meters.scrape(shop).contains("zhiyin_alert{name=\"no-events\",shop=\"s\"} 0.0"));
    }

    @Test
    void countersOfScenariosGoOn() {
      String text = server.get("/metrics").response().body();
      assertTrue(
          text.lines()
              .anyMatch(
                  line ->
                      line.startsWith("zhiyin_measured_impressions_total{")
                          && line.contains("scenario=\"home-feed\"")
                          && line.endsWith(" 2.0")),
          text);
    }
  }
}
