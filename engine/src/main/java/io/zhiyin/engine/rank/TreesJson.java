package io.zhiyin.engine.rank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.kernel.tree.TreeEnsemble;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/// Trees over [RankFeature]s as JSON: arrays, and `columns` that name the features, so that a
/// version with more features reads older files.
final class TreesJson {
  private TreesJson() {}

  static ObjectNode write(TreeEnsemble trees) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode columns = body.putArray("columns");
    Arrays.stream(RankFeature.values()).map(RankFeature::name).forEach(columns::add);
    put(body.putArray("roots"), trees.roots());
    put(body.putArray("features"), trees.features());
    put(body.putArray("thresholds"), trees.thresholds());
    put(body.putArray("left"), trees.left());
    put(body.putArray("right"), trees.right());
    put(body.putArray("leaves"), trees.leaves());
    return body;
  }

  /// @throws IllegalArgumentException when an array is missing, a feature is not known, or a
  ///   reference leads nowhere
  /// @throws IndexOutOfBoundsException when a column is missing
  static TreeEnsemble read(JsonNode body) {
    int[] columns = columns(array(body, "columns"));
    return new TreeEnsemble(
        ints(array(body, "roots")),
        Arrays.stream(ints(array(body, "features"))).map(f -> columns[f]).toArray(),
        floats(array(body, "thresholds")),
        ints(array(body, "left")),
        ints(array(body, "right")),
        floats(array(body, "leaves")));
  }

  /// Eight hexadecimal digits over the text without spaces.
  static String checksum(JsonNode body) {
    CRC32C crc = new CRC32C();
    crc.update(body.toString().getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }

  private static JsonNode array(JsonNode body, String name) {
    JsonNode found = body.path(name);
    if (!found.isArray()) {
      throw new IllegalArgumentException(name + " is not an array");
    }
    return found;
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
}
