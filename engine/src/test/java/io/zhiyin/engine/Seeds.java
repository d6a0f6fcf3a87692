package io.zhiyin.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Inputs that a fuzzer found worth keeping, one file each, in `fuzz/TARGET` of the repository.
public final class Seeds {
  private Seeds() {}

  public static List<Path> of(String target) throws IOException {
    try (Stream<Path> kept =
        Files.list(Path.of(System.getProperty("zhiyin.root"), "fuzz", target))) {
      return kept.sorted().toList();
    }
  }
}
