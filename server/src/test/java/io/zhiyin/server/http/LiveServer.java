package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zhiyin.cluster.state.ReplayProgress;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.server.config.KeyFile;
import io.zhiyin.server.config.KeyRing;
import io.zhiyin.server.config.Role;
import io.zhiyin.server.config.ServerSettings;
import io.zhiyin.server.telemetry.AccessLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.function.UnaryOperator;

/// A real server in this process, on a free port and a data directory of its own, and a client.
public final class LiveServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunningServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private LiveServer(RunningServer server) {
    this.server = server;
  }

  public static LiveServer start(Path data) {
    return start(data, settings -> settings);
  }

  public static LiveServer start(Path data, UnaryOperator<ServerSettings> with) {
    return start(data, with, AccessLog.OFF);
  }

  public static LiveServer start(Path data, UnaryOperator<ServerSettings> with, AccessLog log) {
    try {
      RunningServer server =
          RunningServer.listen(
              with.apply(ServerSettings.of(data, 0)),
              Clock.systemUTC(),
              log,
              ReplayProgress.SILENT);
      server.openShops();
      return new LiveServer(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes a key in that data directory.
  public static String key(Path data, Role role, String shop) {
    try {
      KeyFile file = new KeyFile(data);
      KeyRing.Created created =
          file.load().create(role, new ShopId(shop), Instant.EPOCH, new SecureRandom());
      file.save(created.ring());
      return created.text();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public record Reply(int status, HttpResponse<String> response) {
    public JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(response.body(), e);
      }
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  public String url() {
    return server.url();
  }

  public RunningServer running() {
    return server;
  }

  public Reply get(String path) {
    return send(request(path).GET());
  }

  public Reply get(String path, String key) {
    return send(request(path).header("X-Api-Key", key).GET());
  }

  public Reply post(String path, String json) {
    return send(json(path).POST(BodyPublishers.ofString(json)));
  }

  public Reply method(String method, String path, String json) {
    return send(json(path).method(method, BodyPublishers.ofString(json)));
  }

  public Reply delete(String path) {
    return send(request(path).DELETE());
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  public HttpRequest.Builder json(String path) {
    return request(path).header("Content-Type", "application/json");
  }

  /// Only the status; for answers that do not end, too.
  public int status(HttpRequest.Builder request) {
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), BodyHandlers.ofInputStream());
      response.body().close();
      return response.statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
