package io.zhiyin.engine.rank;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.Seeds;
import io.zhiyin.engine.content.ContentFeaturesFile;
import io.zhiyin.kernel.tree.TreeEnsemble;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as `ranker.json`, `blend.json` and the rarities of content, as they are and with the
/// right checksum: read, or an [IOException] that names the file and says what to do.
class RankingFilesFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DIRECTORY = directory();

  private static Path directory() {
    try {
      return Files.createTempDirectory("fuzzed");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface Reader {
    void read(Path file) throws IOException;
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    read(RankerFile.NAME, bytes, _ -> tree());
    read(HeadsFile.NAME, bytes, _ -> heads());
    read(BlendFile.NAME, bytes, BlendFile::read);
    read("content", bytes, ContentFeaturesFile::read);
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    byte[] checked =
        ByteBuffer.allocate(bytes.length + 4).put(bytes).putInt((int) crc.getValue()).array();
    read("content", checked, ContentFeaturesFile::read);
    JsonNode node;
    try {
      node = JSON.readTree(bytes);
    } catch (JacksonException | CharConversionException noJson) {
      return;
    }
    read(RankerFile.NAME, sealed("trees", node), _ -> tree());
    read(HeadsFile.NAME, sealed("heads", node), _ -> heads());
    read(BlendFile.NAME, sealed("terms", node), BlendFile::read);
  }

  /// Whatever is read can be asked.
  private static void tree() throws IOException {
    RankerFile.find(DIRECTORY).ifPresent(ranker -> ask(ranker.trees()));
  }

  private static void heads() throws IOException {
    HeadsFile.find(DIRECTORY).learned().forEach(head -> ask(head.trees()));
  }

  private static void ask(TreeEnsemble trees) {
    trees.add(new float[5 * RankFeature.COUNT], 5, RankFeature.COUNT, new double[5]);
  }

  private static void read(String name, byte[] bytes, Reader reader) throws IOException {
    Path file = DIRECTORY.resolve(name);
    Files.write(file, bytes);
    try {
      reader.read(file);
    } catch (IOException refused) {
      if (!String.valueOf(refused.getMessage()).startsWith(file.toString())) {
        throw refused;
      }
    }
  }

  private static byte[] sealed(String name, JsonNode body) throws IOException {
    CRC32C crc = new CRC32C();
    crc.update(body.toString().getBytes(StandardCharsets.UTF_8));
    ObjectNode root = JSON.createObjectNode().put("formatVersion", 1);
    root.put("crc32c", "%08x".formatted(crc.getValue())).set(name, body);
    return JSON.writeValueAsBytes(root);
  }

  static List<Path> seeds() throws IOException {
    return Seeds.of("ranking");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isReadOrRefused(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }
}
