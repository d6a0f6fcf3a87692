package io.zhiyin.learning.train;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zhiyin.engine.model.ModelException;
import java.io.CharConversionException;
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

/// Any bytes as a checkpoint, as the trail of active models and as a shop's recipe, as they are and
/// with the right checksum: read, or refused in the way of each.
class TrainingFilesFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DIRECTORY = directory();
  private static final byte[] OURS = {1, 2, 3};

  private static Path directory() {
    try {
      return Files.createTempDirectory("fuzzed");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    checkpoint(bytes);
    checkpoint(sealed(bytes));
    Files.write(DIRECTORY.resolve("ACTIVE"), bytes);
    try {
      new ModelRegistry(DIRECTORY).active().ifPresent(new ModelRegistry(DIRECTORY)::path);
    } catch (ModelException refused) {
      // as documented
    }
    Files.write(DIRECTORY.resolve(ShopRecipe.NAME), bytes);
    recipe();
    try {
      JsonNode node = JSON.readTree(bytes);
      new SealedJson("recipe", 1).write(DIRECTORY.resolve(ShopRecipe.NAME), node);
    } catch (JacksonException | CharConversionException noJson) {
      return;
    }
    recipe();
  }

  private static void recipe() throws IOException {
    try {
      ShopRecipe.of(DIRECTORY).settings();
    } catch (ModelException refused) {
      // as documented
    }
  }

  private static void checkpoint(byte[] bytes) throws IOException {
    Path file = DIRECTORY.resolve("checkpoint");
    Files.write(file, bytes);
    try {
      new Checkpoint(file, OURS).read();
    } catch (Checkpoint.Refused refused) {
      // as documented
    }
  }

  /// The head of our own training before, the right checksum behind.
  private static byte[] sealed(byte[] bytes) {
    ByteBuffer file = ByteBuffer.allocate(12 + OURS.length + bytes.length + Long.BYTES);
    file.putInt(0x5a_59_54_31).putInt(Checkpoint.FORMAT_VERSION).putInt(OURS.length);
    file.put(OURS).put(bytes);
    CRC32C crc = new CRC32C();
    crc.update(file.array(), 0, file.position());
    return file.putLong(crc.getValue()).array();
  }

  static List<Path> seeds() throws IOException {
    try (Stream<Path> kept =
        Files.list(Path.of(System.getProperty("zhiyin.root"), "fuzz", "training"))) {
      return kept.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isReadOrRefused(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }
}
