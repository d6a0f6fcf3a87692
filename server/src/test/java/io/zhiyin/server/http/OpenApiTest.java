package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.zhiyin.server.config.Role;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.storefront.Pictures;
import io.zhiyin.server.telemetry.Meters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The OpenAPI document says what the routes do, no more and no less.
class OpenApiTest {
  @TempDir static Path data;
  private static JsonNode document;
  private static Map<String, Route> routes;

  @BeforeAll
  static void read() throws IOException {
    document = new ObjectMapper(new YAMLFactory()).readTree(OperationCalls.document());
    Meters meters = new Meters();
    try (ShopHub shops =
        ShopHub.open(data, Clock.systemUTC(), Duration.ofHours(1), meters, (_, _, _) -> {})) {
      routes =
          ApiRoutes.table(shops, new Pictures(data), Clock.systemUTC(), meters).routes().stream()
              .collect(
                  Collectors.toMap(
                      route -> route.method() + " " + route.path(),
                      route -> route,
                      (a, b) -> {
                        throw new IllegalStateException("two routes for " + a.path());
                      },
                      TreeMap::new));
    }
  }

  private static Map<String, JsonNode> operations() {
    Map<String, JsonNode> result = new TreeMap<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (!operation.getKey().equals("parameters")) {
          result.put(
              operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
              operation.getValue());
        }
      }
    }
    return result;
  }

  private static JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  @Nested
  class ItsOperations {
    @Test
    void areTheRoutes() {
      assertEquals(routes.keySet(), operations().keySet());
    }

    @Test
    void nameTheSameParameters() {
      operations()
          .forEach(
              (name, operation) -> {
                Set<String> documented = new TreeSet<>();
                for (JsonNode parameter : operation.path("parameters")) {
                  JsonNode resolved = resolve(parameter);
                  if (resolved.path("in").asText().equals("query")) {
                    documented.add(resolved.path("name").asText());
                  }
                }
                assertEquals(new TreeSet<>(routes.get(name).parameters()), documented, name);
              });
    }

    @Test
    void askForTheSameRole() {
      operations()
          .forEach(
              (name, operation) -> {
                String documented =
                    operation.has("security") && operation.path("security").isEmpty()
                        ? "public"
                        : operation.path("x-role").asText();
                String real = routes.get(name).access().role().map(Role::wireName).orElse("public");
                assertEquals(real, documented, name);
              });
    }

    @Test
    void takeTheSameBodies() {
      operations()
          .forEach(
              (name, operation) -> {
                Set<String> documented = new TreeSet<>();
                resolve(operation.path("requestBody"))
                    .path("content")
                    .fieldNames()
                    .forEachRemaining(documented::add);
                assertEquals(new TreeSet<>(routes.get(name).body().mediaTypes()), documented, name);
              });
    }

    @Test
    void haveNamesSummariesAndAnswers() {
      Set<String> ids = new TreeSet<>();
      operations()
          .forEach(
              (name, operation) -> {
                assertTrue(ids.add(operation.path("operationId").asText()), name);
                assertTrue(operation.path("summary").asText().endsWith("."), name);
                assertTrue(operation.path("responses").has("default"), name);
              });
    }
  }

  @Nested
  class ItsReferences {
    @Test
    void leadSomewhere() {
      for (JsonNode reference : document.findValues("$ref")) {
        assertTrue(
            !document.at(reference.asText().substring(1)).isMissingNode(), reference.asText());
      }
    }
  }

  @Nested
  class ItsExamples {
    @Test
    void areAcceptedByAServer(@TempDir Path fresh) {
      try (LiveServer server = LiveServer.start(fresh)) {
        server.method("PUT", "/v1/items/i7", "{\"price\":19.9,\"stock\":5}");
        int tried = 0;
        for (Map.Entry<String, JsonNode> operation : operations().entrySet()) {
          JsonNode examples =
              resolve(operation.getValue().path("requestBody"))
                  .at("/content/application~1json/examples");
          for (JsonNode example : examples) {
            String[] name = operation.getKey().split(" ", 2);
            String path = name[1].replace("{scenario}", "cart").replace("{itemId}", "i7");
            LiveServer.Reply reply = server.method(name[0], path, example.path("value").toString());
            assertTrue(reply.status() < 300, operation.getKey() + ": " + reply.response().body());
            tried++;
          }
        }
        assertTrue(tried >= 5, "examples were tried");
      }
    }

    @Test
    void areAnsweredAsDocumented(@TempDir Path fresh) {
      try (LiveServer server = LiveServer.start(fresh)) {
        server.method("PUT", "/v1/items/i7", "{\"price\":19.9,\"categories\":[\"A > B\"]}");
        server.post(
            "/v1/events",
            "{\"eventType\":\"detail-page-view\",\"userId\":\"u1\",\"items\":[{\"itemId\":\"i7\"}]}");
        server.post(
            "/v1/events",
            "{\"eventType\":\"not-interested\",\"visitorId\":\"v1\",\"items\":[{\"itemId\":\"i7\"}]}");
        for (String path :
            new String[] {
              "/v1/items/i7",
              "/v1/items?n=2",
              "/v1/categories",
              "/v1/search?q=B&userId=u1&explain=true",
              "/v1/search/suggestions?q=b",
              "/v1/recommendations/home-feed?userId=u1&explain=true&lang=zh",
              "/v1/users",
              "/v1/users/u1/history",
              "/v1/users/u1/profile",
              "/v1/users/u1/export",
              "/v1/visitors/v1/profile",
              "/v1/shoppers/sample",
              "/v1/items:find?q=i",
              "/v1/items:quality",
              "/v1/rules",
              "/v1/rules/fields",
              "/v1/models",
              "/v1/metrics/summary",
              "/v1/metrics/series?metric=ctr",
              "/v1/metrics/definitions",
              "/v1/audit",
              "/v1/system",
              "/v1/items/none"
            }) {
          LiveServer.Reply reply = server.get(path);
          String template = template(path);
          JsonNode responses = operations().get("GET " + template).path("responses");
          JsonNode response =
              resolve(
                  responses.path(
                      responses.has("" + reply.status()) ? "" + reply.status() : "default"));
          String type = reply.header("Content-Type");
          JsonNode schema = response.path("content").path(type).path("schema");
          assertTrue(!schema.isMissingNode(), path + " answers " + type);
          SchemaCheck.check(document, schema, reply.json(), path);
        }
      }
    }

    private String template(String path) {
      String plain = path.replaceAll("\\?.*", "");
      return routes.values().stream()
          .filter(route -> route.method() == Method.GET && route.path().match(plain).isPresent())
          .findFirst()
          .orElseThrow()
          .path()
          .toString();
    }
  }
}
