package io.zhiyin.lab.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zhiyin.lab.simulate.ShopEvent.Who;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A shop behind the HTTP doors of `/v1`.
public final class HttpShop implements Shop, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  public HttpShop(URI address) {
    this.address = address;
  }

  @Override
  public Slate recommend(String scenario, Who who, @Nullable String itemId, int n) {
    StringBuilder path = new StringBuilder("/v1/recommendations/" + scenario + "?n=" + n);
    parameter(path, "userId", who.userId());
    if (who.userId() == null) {
      parameter(path, "visitorId", who.visitorId());
    }
    parameter(path, "itemId", itemId);
    JsonNode answer = json(call(request(path.toString()).GET().build()));
    List<String> itemIds = new ArrayList<>();
    answer.path("items").forEach(item -> itemIds.add(item.path("itemId").asText()));
    return new Slate(answer.path("recommendationId").asText(), itemIds);
  }

  @Override
  public void send(List<NamedEvent> events) {
    HttpRequest request =
        request("/v1/events")
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofByteArray(lines(events)))
            .build();
    JsonNode answer = json(call(request));
    if (answer.path("rejected").asInt() > 0) {
      throw new ShopUnreachableException("the shop rejected events: " + answer.path("errors"));
    }
  }

  /// Whether the shop says that it is ready for requests.
  public boolean ready() throws InterruptedException {
    try {
      HttpRequest request = request("/health/ready").GET().build();
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static byte[] lines(List<NamedEvent> events) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ShopJson json = new ShopJson(bytes)) {
      for (NamedEvent named : events) {
        json.event(named.event(), named.eventId());
      }
    } catch (IOException e) {
      throw new IllegalStateException("an array in memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
  }

  private String call(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new ShopUnreachableException(
            request.uri() + " answered " + response.statusCode() + ": " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new ShopUnreachableException(request.uri() + " gave no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ShopUnreachableException(request.uri() + " was not waited for", e);
    }
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new ShopUnreachableException("the shop's answer is not JSON: " + body, e);
    }
  }

  private static void parameter(StringBuilder path, String name, @Nullable String value) {
    if (value != null) {
      path.append('&')
          .append(name)
          .append('=')
          .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
