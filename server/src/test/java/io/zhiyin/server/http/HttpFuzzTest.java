package io.zhiyin.server.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes on a connection to a real server: it answers or closes, and never with a 5xx. Public,
/// because the fuzzer calls what starts the server from a package of its own.
public class HttpFuzzTest {
  /// The server starts before the fuzzer's clock of an input runs: with every class instrumented on
  /// a busy machine it takes minutes.
  public static void fuzzerInitialize() {
    FuzzedServer.ready();
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    if (!FuzzedServer.isLeftOut(bytes)) {
      FuzzedServer.check(bytes);
    }
  }

  static List<Path> seeds() throws IOException {
    return FuzzedServer.seeds("http");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isAnsweredOrClosed(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }
}
