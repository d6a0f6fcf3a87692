package io.zhiyin.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoCommandTest {
  @TempDir Path folder;

  private final StringWriter console = new StringWriter();

  private int demo(int port) {
    return new CommandLine(new DemoCommand())
        .setOut(new PrintWriter(console))
        .execute("--port", Integer.toString(port), "--data", folder.resolve("shop").toString());
  }

  @Nested
  class BeforeAnythingIsMade {
    @Test
    void aTakenPortIsNamedInBothLanguages() throws IOException {
      try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        assertEquals(1, demo(taken.getLocalPort()));
        String port = Integer.toString(taken.getLocalPort());
        assertTrue(console.toString().contains("Port " + port + " is taken"), console::toString);
        assertTrue(console.toString().contains("端口 " + port + " 已被占用"), console::toString);
      }
      assertFalse(Files.exists(folder.resolve("shop")));
    }

    @Test
    void aStartWithoutTheLauncherSaysHowToStart() throws IOException {
      assumeTrue(System.getenv("ZHIYIN_LAUNCHER") == null, "ZHIYIN_LAUNCHER is set");
      int free;
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        free = socket.getLocalPort();
      }
      assertEquals(1, demo(free));
      assertTrue(console.toString().contains("./zhiyin demo"), console::toString);
    }
  }
}
