package io.zhiyin.engine.rank;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A learned ranker at rest: `ranker.json` beside the model that it was learned with.
///
/// ```json
/// {"formatVersion": 1, "kind": "trees", "crc32c": "…",
///  "trees": {"columns": ["SEQUENCE", …], "roots": […], "features": […], "thresholds": […],
///            "left": […], "right": […], "leaves": […]}}
/// ```
///
/// Features are numbers of `columns`, so a version with more features reads older files. The
/// checksum is of the text of `trees` without spaces.
public final class RankerFile {
  public static final String NAME = "ranker.json";
  private static final int FORMAT_VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private RankerFile() {}

  /// Writes the file into a directory that nobody reads yet.
  public static void write(Path file, TreeRanker ranker) throws IOException {
    ObjectNode body = TreesJson.write(ranker.trees());
    ObjectNode root = JSON.createObjectNode();
    root.put("formatVersion", FORMAT_VERSION)
        .put("kind", "trees")
        .put("crc32c", TreesJson.checksum(body));
    root.set("trees", body);
    Files.write(file, JSON.writeValueAsBytes(root));
  }

  /// The ranker in a model's directory; nothing when none was learned.
  ///
  /// @throws IOException when it cannot be read, is damaged, or is of a newer version; the message
  ///   says what to do
  public static Optional<TreeRanker> find(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  private static TreeRanker read(Path file) throws IOException {
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      int version = root.path("formatVersion").asInt(0);
      if (version > FORMAT_VERSION) {
        throw new IOException(
            "%s has format version %d, this program reads up to %d; update the program or train again"
                .formatted(file, version, FORMAT_VERSION));
      }
      JsonNode body = root.path("trees");
      if (version < 1 || !root.path("crc32c").asText().equals(TreesJson.checksum(body))) {
        throw damaged(file, null);
      }
      return new TreeRanker(TreesJson.read(body));
    } catch (JacksonException | CharConversionException e) {
      throw damaged(file, e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw damaged(file, e);
    }
  }

  private static IOException damaged(Path file, @Nullable Exception cause) {
    return new IOException(
        file + " is damaged; delete it to rank by the blend alone, or train again", cause);
  }
}
