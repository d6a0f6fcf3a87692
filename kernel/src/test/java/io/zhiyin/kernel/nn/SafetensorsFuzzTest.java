package io.zhiyin.kernel.nn;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as a file of weights: read, or refused with a [SafetensorsException].
class SafetensorsFuzzTest {
  /// Called by the fuzzer; the bytes are a file once as they are, and once a header up to the last
  /// closing brace with the data behind it, so that not all inputs end at the header's length.
  public static void fuzzerTestOneInput(byte[] bytes) {
    read(ByteBuffer.wrap(bytes));
    read(framed(bytes));
  }

  private static void read(ByteBuffer file) {
    try {
      Safetensors tensors = Safetensors.read(file, "fuzzed");
      for (String name : tensors.names()) {
        tensors.floats(name, tensors.shape(name));
      }
    } catch (SafetensorsException refused) {
      // as documented
    }
  }

  private static ByteBuffer framed(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '}') {
      end--;
    }
    return ByteBuffer.allocate(8 + bytes.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(end)
        .put(bytes)
        .flip();
  }

  static List<Path> seeds() throws IOException {
    try (Stream<Path> kept =
        Files.list(Path.of(System.getProperty("zhiyin.root"), "fuzz", "safetensors"))) {
      return kept.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isReadOrRefused(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }
}
