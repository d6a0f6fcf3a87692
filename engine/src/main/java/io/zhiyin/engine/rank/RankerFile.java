package io.zhiyin.engine.rank;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.kernel.tree.TreeEnsemble;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
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
    TreeEnsemble trees = ranker.trees();
    ObjectNode body = JSON.createObjectNode();
    ArrayNode columns = body.putArray("columns");
    Arrays.stream(RankFeature.values()).map(RankFeature::name).forEach(columns::add);
    put(body.putArray("roots"), trees.roots());
    put(body.putArray("features"), trees.features());
    put(body.putArray("thresholds"), trees.thresholds());
    put(body.putArray("left"), trees.left());
    put(body.putArray("right"), trees.right());
    put(body.putArray("leaves"), trees.leaves());
    ObjectNode root = JSON.createObjectNode();
    root.put("formatVersion", FORMAT_VERSION).put("kind", "trees").put("crc32c", checksum(body));
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
      if (version < 1 || !root.path("crc32c").asText().equals(checksum(body))) {
        throw damaged(file, null);
      }
      int[] columns = columns(body.path("columns"));
      return new TreeRanker(
          new TreeEnsemble(
              ints(body.path("roots")),
              Arrays.stream(ints(body.path("features"))).map(f -> columns[f]).toArray(),
              floats(body.path("thresholds")),
              ints(body.path("left")),
              ints(body.path("right")),
              floats(body.path("leaves"))));
    } catch (JacksonException | CharConversionException e) {
      throw damaged(file, e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw damaged(file, e);
    }
  }

  private static int[] columns(JsonNode names) {
    List<Integer> columns = new ArrayList<>();
    names.forEach(name -> columns.add(RankFeature.valueOf(name.asText()).ordinal()));
    return columns.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void put(ArrayNode array, int[] values) {
    for (int value : values) {
      array.add(value);
    }
  }

  private static void put(ArrayNode array, float[] values) {
    for (float value : values) {
      array.add(value);
    }
  }

  private static int[] ints(JsonNode array) {
    int[] values = new int[array.size()];
    Arrays.setAll(values, i -> array.get(i).asInt());
    return values;
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(array.get(i).asText());
    }
    return values;
  }

  private static IOException damaged(Path file, @Nullable Exception cause) {
    return new IOException(
        file + " is damaged; delete it to rank by the blend alone, or train again", cause);
  }

  private static String checksum(JsonNode body) {
    CRC32C crc = new CRC32C();
    crc.update(body.toString().getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
