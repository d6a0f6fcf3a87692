package io.zhiyin.learning.encode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as a file of remembered vectors, as they are and with the right checksum: read, or an
/// [IOException], upon which texts are read anew.
class VectorFileFuzzTest {
  private static final Path FILE = file();

  private static Path file() {
    try {
      Path file = Files.createTempFile("fuzzed", ".vectors");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    Files.write(FILE, bytes);
    read();
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    Files.write(
        FILE,
        ByteBuffer.allocate(bytes.length + 4).put(bytes).putInt((int) crc.getValue()).array());
    read();
  }

  private static void read() {
    VectorMemory memory = new VectorMemory("e", 2);
    try {
      VectorFile.read(FILE, memory);
    } catch (IOException refused) {
      if (memory.count() > 0) {
        throw new AssertionError("refused, and half of it taken", refused);
      }
    }
  }

  static List<Path> seeds() throws IOException {
    try (Stream<Path> kept =
        Files.list(Path.of(System.getProperty("zhiyin.root"), "fuzz", "vectors"))) {
      return kept.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isReadOrRefused(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }
}
