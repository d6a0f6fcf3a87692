package io.zhiyin.server.command;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.cluster.journal.DataRefusedException;
import io.zhiyin.cluster.state.DataDirectory;
import io.zhiyin.server.audit.AuditLog;
import io.zhiyin.server.config.KeyFile;
import io.zhiyin.server.config.SettingsException;
import io.zhiyin.server.shop.ExportProof;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as the small files of a data directory: its format, keys, audit log, and the proof
/// beside an export, as they are and with the right checksum. Read, or refused by a sentence.
class SmallFilesFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DIRECTORY = directory();

  private static Path directory() {
    try {
      return Files.createTempDirectory("fuzzed");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    format(bytes);
    keys(bytes);
    audit(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    audit(("1 " + checksum(text) + " " + text + "\n").getBytes(StandardCharsets.UTF_8));
    proof(bytes);
    JsonNode node;
    try {
      node = JSON.readTree(bytes);
    } catch (JacksonException | CharConversionException noJson) {
      return;
    }
    ObjectNode root = JSON.createObjectNode().put("format", "zhiyin-keys").put("formatVersion", 1);
    root.put("crc32c", checksum(node.toString())).set("keys", node);
    keys(JSON.writeValueAsBytes(root));
  }

  private static String checksum(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }

  private static void format(byte[] bytes) throws IOException {
    Files.write(DIRECTORY.resolve("FORMAT"), bytes);
    try (DataDirectory open = DataDirectory.open(DIRECTORY)) {
      open.shops();
    } catch (DataRefusedException refused) {
      // as documented
    }
  }

  private static void keys(byte[] bytes) throws IOException {
    Files.write(DIRECTORY.resolve("keys.json"), bytes);
    try {
      var ring = new KeyFile(DIRECTORY).load();
      ring.keys().forEach(key -> ring.find(key.id() + ".secret"));
    } catch (SettingsException refused) {
      // as documented
    }
  }

  private static void audit(byte[] bytes) throws IOException {
    Path directory = Files.createDirectories(DIRECTORY.resolve("audit"));
    Files.write(directory.resolve("audit-000001.log"), bytes);
    new AuditLog(directory, Clock.systemUTC()).newest(100);
  }

  private static void proof(byte[] bytes) throws IOException {
    Path file = DIRECTORY.resolve("export.jsonl.proof");
    Files.write(file, bytes);
    var _ = ExportProof.read(file); // nothing where it is damaged
  }

  static List<Path> seeds() throws IOException {
    try (Stream<Path> kept =
        Files.list(Path.of(System.getProperty("zhiyin.root"), "fuzz", "small"))) {
      return kept.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isReadOrRefused(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }
}
