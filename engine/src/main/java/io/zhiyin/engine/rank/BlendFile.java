package io.zhiyin.engine.rank;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.model.Repeats;
import io.zhiyin.engine.pipeline.Evidence;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Blend weights at rest: `blend.json` beside the model that they were fitted with.
///
/// ```json
/// {"formatVersion": 1, "kind": "blend", "crc32c": "…",
///  "terms": {"sequence": {"transform": "LOGIT", "weight": 1.0}}}
/// ```
///
/// Version 2 has a list `repeats` too, the numbers of [Repeats]; it is written only where there are
/// some. The checksum is of the text of `terms` without spaces, and of that of `repeats` after it.
public final class BlendFile {
  public static final String NAME = "blend.json";
  private static final int FORMAT_VERSION = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private BlendFile() {}

  /// Writes the file as a whole: it is there after this, or as before.
  public static void write(Path file, BlendWeights weights) throws IOException {
    ObjectNode terms = JSON.createObjectNode();
    for (Evidence evidence : Evidence.values()) {
      BlendWeights.Term term = weights.terms().get(evidence);
      if (term != null) {
        terms
            .putObject(evidence.wireName())
            .put("transform", term.transform().name())
            .put("weight", term.weight());
      }
    }
    ObjectNode root = JSON.createObjectNode();
    boolean repeats = !weights.repeats().isNone();
    root.put("formatVersion", repeats ? FORMAT_VERSION : 1).put("kind", "blend");
    root.set("terms", terms);
    if (repeats) {
      ArrayNode numbers = root.putArray("repeats");
      for (float number : weights.repeats().changes()) {
        numbers.add((double) number);
      }
    }
    root.put("crc32c", checksum(root));
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    Files.write(aside, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    try {
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException _) {
      Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// The weights in a model's directory; nothing when none were fitted.
  ///
  /// @throws IOException see [#read]
  public static Optional<BlendWeights> find(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /// Reads the file.
  ///
  /// @throws IOException when it cannot be read, is damaged, or is of a newer version; the message
  ///   says what to do
  public static BlendWeights read(Path file) throws IOException {
    JsonNode root;
    try {
      root = JSON.readTree(Files.readAllBytes(file));
    } catch (JacksonException | CharConversionException e) {
      throw damaged(file, e);
    }
    int version = root.path("formatVersion").asInt(0);
    if (version > FORMAT_VERSION) {
      throw new IOException(
          "%s has format version %d, this program reads up to %d; update the program or train again"
              .formatted(file, version, FORMAT_VERSION));
    }
    JsonNode terms = root.path("terms");
    if (version < 1 || !root.path("crc32c").asText().equals(checksum(root))) {
      throw damaged(file, null);
    }
    Map<Evidence, BlendWeights.Term> read = new EnumMap<>(Evidence.class);
    for (Map.Entry<String, JsonNode> entry : terms.properties()) {
      read.put(evidence(file, entry.getKey()), term(file, entry.getValue()));
    }
    return new BlendWeights(read, repeats(file, root.path("repeats")));
  }

  private static Repeats repeats(Path file, JsonNode numbers) throws IOException {
    if (numbers.isMissingNode()) {
      return Repeats.NONE;
    }
    float[] changes = new float[numbers.size()];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = (float) numbers.path(i).asDouble(Double.NaN);
    }
    try {
      return new Repeats(changes);
    } catch (IllegalArgumentException e) {
      throw damaged(file, e);
    }
  }

  private static Evidence evidence(Path file, String wireName) throws IOException {
    return Arrays.stream(Evidence.values())
        .filter(evidence -> evidence.wireName().equals(wireName))
        .findFirst()
        .orElseThrow(() -> damaged(file, null));
  }

  private static BlendWeights.Term term(Path file, JsonNode node) throws IOException {
    try {
      return new BlendWeights.Term(
          Transform.valueOf(node.path("transform").asText()),
          node.path("weight").asDouble(Double.NaN));
    } catch (IllegalArgumentException e) {
      throw damaged(file, e);
    }
  }

  private static IOException damaged(Path file, @Nullable Exception cause) {
    return new IOException(
        file + " is damaged; delete it to rank with the default weights, or train again", cause);
  }

  private static String checksum(JsonNode root) {
    CRC32C crc = new CRC32C();
    crc.update(root.path("terms").toString().getBytes(StandardCharsets.UTF_8));
    crc.update(root.path("repeats").toString().getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
