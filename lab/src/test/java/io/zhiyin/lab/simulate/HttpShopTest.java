package io.zhiyin.lab.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.lab.simulate.Shop.NamedEvent;
import io.zhiyin.lab.simulate.Shop.Slate;
import io.zhiyin.lab.simulate.ShopEvent.Line;
import io.zhiyin.lab.simulate.ShopEvent.Origin;
import io.zhiyin.lab.simulate.ShopEvent.Who;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HttpShopTest {
  private final List<String> asked = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();
  private int status = 200;
  private String answer = "{}";
  private HttpServer server;
  private HttpShop shop;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    shop = new HttpShop(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
  }

  @AfterEach
  void close() {
    shop.close();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Nested
  class AList {
    @Test
    void isAskedForAsTheApiSaysAndKeptInOrder() {
      answer = "{\"recommendationId\":\"r1\",\"items\":[{\"itemId\":\"p2\"},{\"itemId\":\"p1\"}]}";
      Slate slate = shop.recommend("similar-items", new Who("u1", "v1"), "p9", 8);
      assertEquals(List.of("GET /v1/recommendations/similar-items?n=8&userId=u1&itemId=p9"), asked);
      assertEquals(new Slate("r1", List.of("p2", "p1")), slate);
    }

    @Test
    void isAskedForByVisitorWhereThereIsNoUser() {
      shop.recommend("home-feed", new Who(null, "v 1"), null, 12);
      assertEquals(List.of("GET /v1/recommendations/home-feed?n=12&visitorId=v+1"), asked);
    }

    @Test
    void thatIsRefusedSaysWhatTheShopSaid() {
      status = 503;
      answer = "{\"title\":\"busy\"}";
      String message =
          assertThrows(
                  ShopUnreachableException.class,
                  () -> shop.recommend("home-feed", new Who("u1", null), null, 12))
              .getMessage();
      assertTrue(message.endsWith("answered 503: {\"title\":\"busy\"}"), message);
    }
  }

  @Nested
  class Events {
    private final NamedEvent click =
        new NamedEvent(
            "e1",
            ShopEvent.of(
                EventKind.CLICK,
                Small.NOW,
                new Who("u1", null),
                Origin.of("s1").list("home-feed", "r1"),
                new Line("p1", 0, 0, 3)));

    @Test
    void areSentAsLinesWithTheListTheyCameFrom() {
      answer = "{\"accepted\":1,\"duplicates\":0,\"rejected\":0,\"errors\":[]}";
      shop.send(List.of(click));
      assertEquals(List.of("POST /v1/events"), asked);
      assertEquals(
          "{\"eventId\":\"e1\",\"eventType\":\"click\",\"eventTime\":\"2026-11-24T04:00:00Z\","
              + "\"userId\":\"u1\",\"sessionId\":\"s1\",\"scenario\":\"home-feed\","
              + "\"recommendationId\":\"r1\",\"items\":[{\"itemId\":\"p1\",\"position\":3}]}\n",
          bodies.getFirst());
    }

    @Test
    void thatTheShopRejectsAreAFailure() {
      answer = "{\"accepted\":0,\"rejected\":1,\"errors\":[{\"field\":\"items\"}]}";
      assertThrows(ShopUnreachableException.class, () -> shop.send(List.of(click)));
    }
  }

  @Nested
  class Readiness {
    @Test
    void isWhatTheHealthDoorSays() throws InterruptedException {
      assertTrue(shop.ready());
      status = 503;
      assertFalse(shop.ready());
      assertEquals("GET /health/ready", asked.getFirst());
    }

    @Test
    void isNoWhileNothingListens() throws InterruptedException {
      server.stop(0);
      assertFalse(shop.ready());
    }
  }
}
