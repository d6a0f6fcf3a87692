package io.zhiyin.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any call in valid HTTP to a real server, so that inputs reach the handlers: no answer is a 5xx.
class CallsFuzzTest {
  /// The first line is method and address, as in `POST /v1/events`; the rest is the body. The
  /// server starts before the fuzzer's clock of an input runs: with every class instrumented on a
  /// busy machine it takes minutes.
  public static void fuzzerInitialize() {
    FuzzedServer.ready();
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    String line = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    int blank = Math.max(0, line.indexOf(' '));
    byte[] body = Arrays.copyOfRange(bytes, Math.min(bytes.length, end + 1), bytes.length);
    String type = line.contains("/v1/events") && end % 2 == 0 ? "x-ndjson" : "json";
    String head =
        line.substring(0, blank)
            + " /"
            + encoded(line.substring(blank).strip())
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + (body.length == 0
                ? ""
                : "Content-Type: application/%s\r\nContent-Length: %d\r\n"
                    .formatted(type, body.length))
            + "\r\n";
    byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] request = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    if (!FuzzedServer.isLeftOut(request)) {
      FuzzedServer.check(request);
    }
  }

  private static String encoded(String address) {
    StringBuilder text = new StringBuilder();
    int from = address.startsWith("/") ? 1 : 0;
    for (int i = from; i < address.length(); i++) {
      char c = address.charAt(i);
      if (c > ' ' && c < 127 && "#\"<>\\^`{|}".indexOf(c) < 0) {
        text.append(c);
      } else {
        text.append("%%%02X".formatted((int) c));
      }
    }
    return text.toString();
  }

  static List<Path> seeds() throws IOException {
    return FuzzedServer.seeds("calls");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isAnsweredWithoutFailure(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }
}
