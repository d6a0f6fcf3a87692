package io.zhiyin.server.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The last `evaluate` of a shop, kept beside its journal to be shown: of models that were trained
/// by the shop's recipe without the last choices of its shoppers, not of the model in use itself,
/// which knows these choices.
///
/// @param evaluatedAt when
/// @param code version of the program
/// @param report as `evaluate --json` writes it
public record EvaluationFile(Instant evaluatedAt, String code, JsonNode report) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "evaluation.json";
  private static final String FORMAT = "zhiyin-evaluation";
  private static final int VERSION = 1;

  /// @param json what `evaluate --json` writes
  public static EvaluationFile of(Instant at, String code, String json) throws IOException {
    return new EvaluationFile(at, code, JSON.readTree(json));
  }

  /// Takes the place of the one before.
  ///
  /// @param shop the shop's directory
  public void write(Path shop) throws IOException {
    ObjectNode node = JSON.createObjectNode().put("format", FORMAT).put("version", VERSION);
    node.put("evaluatedAt", evaluatedAt.toString()).put("code", code);
    node.put("crc32c", crc()).set("report", report);
    Path partial = shop.resolve(NAME + ".partial");
    Files.write(partial, JSON.writeValueAsBytes(node));
    Files.move(partial, shop.resolve(NAME), StandardCopyOption.REPLACE_EXISTING);
  }

  /// Whether it measured every method that the other one did, so that nothing is lost when it takes
  /// the other's place.
  public boolean covers(EvaluationFile other) {
    JsonNode mine = report.path("methods");
    for (Map.Entry<String, JsonNode> method : other.report.path("methods").properties()) {
      if (!mine.has(method.getKey())) {
        return false;
      }
    }
    return true;
  }

  /// Whether that shop has one, as far as a look at its directory says.
  public static boolean isIn(Path shop) {
    return Files.exists(shop.resolve(NAME));
  }

  /// The one of that shop.
  ///
  /// @return nothing where there is none, or one that is damaged or newer than this program
  public static Optional<EvaluationFile> read(Path shop) throws IOException {
    try {
      JsonNode node = JSON.readTree(Files.readAllBytes(shop.resolve(NAME)));
      if (!node.path("format").asText().equals(FORMAT)
          || node.path("version").asInt() != VERSION
          || !node.path("report").isObject()) {
        return Optional.empty();
      }
      EvaluationFile found =
          new EvaluationFile(
              Instant.parse(node.path("evaluatedAt").asText()),
              node.path("code").asText(),
              node.path("report"));
      return found.crc().equals(node.path("crc32c").asText())
          ? Optional.of(found)
          : Optional.empty();
    } catch (NoSuchFileException
        | JsonProcessingException
        | CharConversionException
        | java.time.format.DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private String crc() throws IOException {
    CRC32C crc = new CRC32C();
    crc.update(JSON.writeValueAsBytes(report));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
