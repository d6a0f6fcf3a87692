package io.zhiyin.engine.rank;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the files of trees beside a model have in common: one part of JSON under a name, with a
/// format version, and a checksum of the part's text without spaces.
final class TreesFile {
  private static final int FORMAT_VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private TreesFile() {}

  static void write(Path file, String kind, String part, ObjectNode body) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("formatVersion", FORMAT_VERSION)
        .put("kind", kind)
        .put("crc32c", TreesJson.checksum(body));
    root.set(part, body);
    Files.write(file, JSON.writeValueAsBytes(root));
  }

  /// Reads the part, once the checksum is right, as `meaning` takes it.
  ///
  /// @throws IOException when it cannot be read, is damaged, or is of a newer version; the message
  ///   says what to do
  static <T> T read(Path file, String part, Function<JsonNode, T> meaning) throws IOException {
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      int version = root.path("formatVersion").asInt(0);
      if (version > FORMAT_VERSION) {
        throw new IOException(
            "%s has format version %d, this program reads up to %d; update the program or train again"
                .formatted(file, version, FORMAT_VERSION));
      }
      JsonNode body = root.path(part);
      if (version < 1 || !root.path("crc32c").asText().equals(TreesJson.checksum(body))) {
        throw damaged(file, null);
      }
      return meaning.apply(body);
    } catch (JacksonException | CharConversionException e) {
      throw damaged(file, e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw damaged(file, e);
    }
  }

  private static IOException damaged(Path file, @Nullable Exception cause) {
    return new IOException(file + " is damaged; activate another model, or train again", cause);
  }
}
