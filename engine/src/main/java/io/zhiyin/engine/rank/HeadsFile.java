package io.zhiyin.engine.rank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.pipeline.Head;
import io.zhiyin.engine.rank.Heads.Learned;
import io.zhiyin.engine.rank.Heads.Quality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Learned heads at rest: `heads.json` beside the model and its ranker.
///
/// ```json
/// {"formatVersion": 1, "kind": "heads", "crc32c": "…", "heads":
///   {"purchase": {"cases": 9120, "positives": 811, "logLoss": …, "constantLogLoss": …,
///                 "brier": …, "constantBrier": …, "trees": {…}}}}
/// ```
///
/// `trees` is as in `ranker.json`. A head that this version does not know is passed over. The
/// checksum is of the text of `heads` without spaces.
public final class HeadsFile {
  public static final String NAME = "heads.json";
  private static final String PART = "heads";
  private static final ObjectMapper JSON = new ObjectMapper();

  private HeadsFile() {}

  /// Writes the file into a directory that nobody reads yet.
  public static void write(Path file, Heads heads) throws IOException {
    ObjectNode body = JSON.createObjectNode();
    for (Learned learned : heads.learned()) {
      Quality quality = learned.quality();
      body.putObject(learned.head().wireName())
          .put("cases", quality.cases())
          .put("positives", quality.positives())
          .put("logLoss", quality.logLoss())
          .put("constantLogLoss", quality.constantLogLoss())
          .put("brier", quality.brier())
          .put("constantBrier", quality.constantBrier())
          .set("trees", TreesJson.write(learned.trees()));
    }
    TreesFile.write(file, "heads", PART, body);
  }

  /// The heads in a model's directory; none when none were learned.
  ///
  /// @throws IOException when they cannot be read, are damaged, or are of a newer version; the
  ///   message says what to do
  public static Heads find(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    return Files.exists(file) ? TreesFile.read(file, PART, HeadsFile::read) : Heads.NONE;
  }

  private static Heads read(JsonNode body) {
    List<Learned> learned = new ArrayList<>();
    for (Head head : Head.values()) {
      JsonNode one = body.path(head.wireName());
      if (one.isObject()) {
        learned.add(new Learned(head, TreesJson.read(one.path("trees")), quality(one)));
      }
    }
    return new Heads(learned);
  }

  private static Quality quality(JsonNode one) {
    return new Quality(
        one.path("cases").asInt(),
        one.path("positives").asInt(),
        one.path("logLoss").asDouble(),
        one.path("constantLogLoss").asDouble(),
        one.path("brier").asDouble(),
        one.path("constantBrier").asDouble());
  }
}
