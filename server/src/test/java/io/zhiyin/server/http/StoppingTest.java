package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is asked to end (SIGTERM, as Ctrl-C and service managers do).
class StoppingTest {
  @TempDir Path data;

  private static Process serve(Path data) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "io.zhiyin.server.Main",
            "serve",
            "--data",
            data.toString(),
            "--port",
            "0")
        .redirectErrorStream(true)
        .start();
  }

  @Nested
  class AskedToEnd {
    @Test
    void itFinishesWhatItIsAnsweringAndEndsWithStatus0() throws Exception {
      Process process = serve(data);
      BufferedReader out = process.inputReader();
      String line = out.readLine();
      while (line != null && !line.contains("serves on")) {
        line = out.readLine();
      }
      assertTrue(line != null, "the server says where it listens");
      int at = line.indexOf("http://");
      URI address = URI.create(line.substring(at, line.indexOf("/ ", at)));
      String body = "{\"eventType\":\"home-page-view\",\"visitorId\":\"v\"}";
      try (Socket socket = new Socket(address.getHost(), address.getPort())) {
        socket.setSoTimeout(20_000);
        String head =
            "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n";
        socket
            .getOutputStream()
            .write((head + body.substring(0, 10)).getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        awaitInFlight(address);
        process.destroy();
        socket.getOutputStream().write(body.substring(10).getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        assertTrue(answer.contains("\"accepted\":1"), answer);
      }
      assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it ends");
      assertEquals(0, process.exitValue());
      try (LiveServer again = LiveServer.start(data)) {
        assertEquals(200, again.get("/health/ready").status());
      }
    }

    /// The half-sent request has reached its handler once a later one was answered.
    private void awaitInFlight(URI address) throws IOException {
      for (int i = 0; i < 3; i++) {
        assertTrue(address.resolve("/health/live").toURL().openStream().readAllBytes().length > 0);
      }
    }
  }
}
