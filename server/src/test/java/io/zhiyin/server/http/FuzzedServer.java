package io.zhiyin.server.http;

import io.zhiyin.server.config.Limits;
import io.zhiyin.server.config.ServerSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A real server with a small shop, for the life of the process, that is sent whatever a fuzzer
/// makes up.
final class FuzzedServer {
  /// More than any request takes; who waits longer has found a hang.
  private static final int PATIENCE_MILLIS = 30_000;

  private static final Pattern FAILURE = Pattern.compile("HTTP/1\\.1 5(?!01|05)\\d\\d");
  private static final Pattern ENCODED = Pattern.compile("%([0-9a-fA-F]{2})");
  private static final LiveServer SERVER = start();

  private FuzzedServer() {}

  private static LiveServer start() {
    try {
      LiveServer server =
          LiveServer.start(Files.createTempDirectory("fuzzed"), FuzzedServer::impatient);
      for (int i = 0; i < 8; i++) {
        server.method(
            "PUT",
            "/v1/items/i" + i,
            "{\"title\":\"Red thing %d\",\"categories\":[\"A > B%d\"],\"brand\":\"M\",\"price\":%d,\"stock\":3}"
                .formatted(i, i % 2, i));
      }
      while (server.get("/v1/search?q=red&visitorId=v").status() != 200) {
        Thread.onSpinWait();
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns when the server is there; it starts with the first use of this class.
  static void ready() {
    SERVER.running();
  }

  private static ServerSettings impatient(ServerSettings settings) {
    Limits limits = settings.limits();
    return settings.withLimits(
        limits.withPatience(limits.patience().withHeadAndPause(Duration.ofSeconds(2))));
  }

  /// Sends the bytes, then nothing more, and reads all that comes back.
  static String answer(byte[] request) throws IOException {
    URI uri = URI.create(SERVER.url());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        socket.getOutputStream().write(request);
        socket.shutdownOutput();
        InputStream in = socket.getInputStream();
        in.transferTo(answer);
      } catch (SocketException closed) {
        // the server may close before it has read everything
      }
      return answer.toString(StandardCharsets.ISO_8859_1);
    }
  }

  static void check(byte[] request) throws IOException {
    String answer = answer(request);
    Matcher failure = FAILURE.matcher(answer);
    if (failure.find()) {
      throw new AssertionError("the server failed: " + answer.substring(failure.start()));
    }
  }

  /// What goes on forever by design, or trains a model, is not asked for.
  static boolean isLeftOut(byte[] request) {
    String text =
        ENCODED
            .matcher(new String(request, StandardCharsets.ISO_8859_1))
            .replaceAll(
                hex ->
                    Matcher.quoteReplacement(
                        Character.toString((char) Integer.parseInt(hex.group(1), 16))));
    return text.contains("live") || text.contains("train");
  }

  static List<Path> seeds(String target) throws IOException {
    try (Stream<Path> kept =
        Files.list(Path.of(System.getProperty("zhiyin.root"), "fuzz", target))) {
      return kept.sorted().toList();
    }
  }
}
