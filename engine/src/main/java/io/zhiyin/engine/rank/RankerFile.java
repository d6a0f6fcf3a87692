package io.zhiyin.engine.rank;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
  private static final String PART = "trees";

  private RankerFile() {}

  /// Writes the file into a directory that nobody reads yet.
  public static void write(Path file, TreeRanker ranker) throws IOException {
    TreesFile.write(file, "trees", PART, TreesJson.write(ranker.trees()));
  }

  /// The ranker in a model's directory; nothing when none was learned.
  ///
  /// @throws IOException when it cannot be read, is damaged, or is of a newer version; the message
  ///   says what to do
  public static Optional<TreeRanker> find(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    return Files.exists(file)
        ? Optional.of(TreesFile.read(file, PART, body -> new TreeRanker(TreesJson.read(body))))
        : Optional.empty();
  }
}
