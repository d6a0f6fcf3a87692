package io.zhiyin.server;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rehearsal that the launcher runs after a build.
class RehearsalTest {
  @Test
  void makesTheCallsThatAServerIsAskedFirstAndAllAreAnswered(@TempDir Path data)
      throws IOException {
    assertDoesNotThrow(() -> Rehearsal.play(data));
    try (Stream<Path> shops = Files.list(data)) {
      assertTrue(shops.findAny().isPresent(), "a real server wrote to it");
    }
  }
}
