package io.zhiyin.kernel.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Passes of every architecture and a search")
class InterpretedTwinTest {
  /// Enough for the last compiler to have been at work.
  private static final int TIMES = 600;

  @Test
  @DisplayName("come to the same bits whether they are interpreted or compiled")
  void repeatToTheBit() throws IOException, InterruptedException {
    List<String> interpreted = interpreted();
    List<String> compiled = new ArrayList<>();
    for (Architecture architecture : Architecture.values()) {
      compiled.add(last(() -> InterpretedTwin.pass(architecture)));
    }
    compiled.add(last(InterpretedTwin::search));
    assertEquals(interpreted, compiled);
  }

  private static String last(Supplier<String> result) {
    String last = "";
    for (int i = 0; i < TIMES; i++) {
      last = result.get();
    }
    return last;
  }

  private static List<String> interpreted() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // not -Xint: without a compiler the JVM has vectors of two lanes only
                "-XX:CompileCommand=quiet",
                "-XX:CompileCommand=exclude,*.*",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                InterpretedTwin.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertEquals(0, process.waitFor());
    return lines;
  }
}
