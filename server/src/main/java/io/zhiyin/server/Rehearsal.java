package io.zhiyin.server;

import io.zhiyin.cluster.state.ReplayProgress;
import io.zhiyin.learning.train.FileTree;
import io.zhiyin.server.command.OneLineLogs;
import io.zhiyin.server.config.ServerSettings;
import io.zhiyin.server.http.Carriers;
import io.zhiyin.server.http.RunningServer;
import io.zhiyin.server.telemetry.AccessLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// A server that nobody watches, for as long as a few calls take. The launcher runs it once after a
/// build, and the JVM keeps what it read of classes for that (`-XX:ArchiveClassesAtExit`, JEP 350),
/// so that later starts need not read, check and lay out some thousands of classes again.
public final class Rehearsal {
  /// What a shopper, a shop's program and its people look at first.
  private static final List<String> LOOKED_AT =
      List.of(
          "/health/ready",
          "/v1/recommendations/home-feed?userId=u1&filter=price%20%3E%201.0&explain=true",
          "/v1/recommendations/similar-items?userId=u1&itemId=i1",
          "/v1/search?q=tea&userId=u1",
          "/v1/users/u1/profile",
          "/metrics",
          "/",
          "/console");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Rehearsal() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    OneLineLogs.install();
    Main.commands("serve").setOut(new PrintWriter(Writer.nullWriter())).execute("serve", "--help");
    Path data = Files.createTempDirectory("zhiyin-rehearsal");
    try {
      play(data);
      play(data); // reads what the first one kept
    } finally {
      FileTree.delete(data);
    }
  }

  /// Starts a server on the directory, asks it what a server is asked, and stops it.
  ///
  /// @throws IOException when a call is not answered as it should be
  static void play(Path data) throws IOException, InterruptedException {
    Carriers.arrange();
    Rehearsal calls = new Rehearsal();
    try (RunningServer server =
            RunningServer.listen(
                ServerSettings.of(data, 0),
                Clock.systemUTC(),
                AccessLog.OFF,
                ReplayProgress.SILENT);
        HttpClient _ = calls.client) {
      server.openShops();
      for (int i = 0; i < 10; i++) {
        calls.send(
            server,
            "/v1/items",
            """
            {"itemId":"i%d","title":"Tea %d 茶","price":9.5,"currency":"CNY","categories":["Tea"]}"""
                .formatted(i, i));
        calls.send(
            server,
            "/v1/events",
            """
            {"eventType":"detail-page-view","userId":"u%d","items":[{"itemId":"i%d"}]}"""
                .formatted(i % 3, i));
      }
      for (String path : LOOKED_AT) {
        calls.look(server, path);
      }
    }
  }

  private void send(RunningServer server, String path, String json)
      throws IOException, InterruptedException {
    expectSuccess(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private void look(RunningServer server, String path) throws IOException, InterruptedException {
    expectSuccess(HttpRequest.newBuilder(URI.create(server.url() + path)));
  }

  private void expectSuccess(HttpRequest.Builder asked) throws IOException, InterruptedException {
    var answer = client.send(asked.build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(answer.request().uri() + ": " + answer.body());
    }
  }
}
