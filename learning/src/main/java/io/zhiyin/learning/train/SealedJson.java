package io.zhiyin.learning.train;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.model.ModelException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// Small documents at rest, as JSON with a format version and a checksum, replaced whole or not at
/// all.
///
/// ```json
/// {"formatVersion": 1, "kind": "recipe", "crc32c": "…", "recipe": {…}}
/// ```
///
/// The checksum is of the text of the inner document without spaces.
///
/// @param kind what it is; also the name of the inner document
/// @param version what is written, and the newest that is read
public record SealedJson(String kind, int version) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /// Replaces the file; after a crash it is as before or as wanted.
  public void write(Path file, JsonNode document) throws IOException {
    ObjectNode root = object();
    root.put("formatVersion", version).put("kind", kind).put("crc32c", checksum(document));
    root.set(kind, document);
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    Files.write(aside, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Reads the inner document.
  ///
  /// @param advice what a person can do when the file is of no use, as a sentence
  /// @throws ModelException when it is damaged or newer
  public JsonNode read(Path file, String advice) throws IOException {
    // bytes that are no text do not fit the checksum either
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return read(text, file.toString(), advice);
  }

  /// The same of text.
  ///
  /// @param source names the text in messages
  JsonNode read(String text, String source, String advice) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JacksonException e) {
      throw new ModelException(source + " is damaged: it is not JSON. " + advice, e);
    }
    int found = root.path("formatVersion").asInt(0);
    if (found > version) {
      throw new ModelException(
          "%s has format %d, but this version of Zhiyin reads up to %d. Update Zhiyin. %s"
              .formatted(source, found, version, advice));
    }
    JsonNode document = root.path(kind);
    if (found < 1 || !root.path("crc32c").asText().equals(checksum(document))) {
      throw new ModelException(
          source + " is damaged: its checksum is not that of what it says. " + advice);
    }
    return document;
  }

  /// One line with everything, as a log keeps them.
  public String line(JsonNode document) {
    ObjectNode root = object();
    root.put("formatVersion", version).put("kind", kind).put("crc32c", checksum(document));
    root.set(kind, document);
    return root.toString();
  }

  /// The inner document of a [#line].
  ///
  /// @throws ModelException when it is damaged or newer
  public JsonNode ofLine(String line, String source, String advice) {
    return read(line, source, advice);
  }

  private static String checksum(JsonNode document) {
    CRC32C crc = new CRC32C();
    crc.update(document.toString().getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
