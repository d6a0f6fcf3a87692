package io.zhiyin.engine.rule;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.InvalidFieldException;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The rules of a shop at rest: one file a version, `rules-000007.json`, none ever changed; the
/// highest number holds. Going back writes a new version, so that what was in force when can always
/// be read. The newest [#KEPT] are kept.
///
/// ```json
/// {"formatVersion": 1, "kind": "rules", "crc32c": "…",
///  "content": {"version": 7, "savedAt": "…", "author": "…", "note": "…", "rules": [ … ]}}
/// ```
///
/// The checksum is of the text of `content` without spaces. Calls come from one thread at a time.
public final class RuleBook {
  static final int KEPT = 200;
  private static final int FORMAT_VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;

  /// @param directory where the files are; made when something is saved
  public RuleBook(Path directory) {
    this.directory = directory;
  }

  /// What holds now.
  ///
  /// @throws IOException when the newest file is damaged or of a newer format: the rules of a shop
  ///   may keep what must not be sold out of its lists, so there is no going on without them; the
  ///   message says what to do
  public RuleVersion current() throws IOException {
    List<Integer> versions = versions();
    return versions.isEmpty() ? RuleVersion.NONE : read(versions.getLast());
  }

  /// The numbers of the versions kept, in order.
  public List<Integer> versions() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("rules-[0-9]{6}\\.json"))
          .map(name -> Integer.parseInt(name.substring(6, 12)))
          .sorted()
          .toList();
    }
  }

  /// A version that is kept.
  ///
  /// @throws IOException when its file is damaged or of a newer format
  public Optional<RuleVersion> find(int version) throws IOException {
    return versions().contains(version) ? Optional.of(read(version)) : Optional.empty();
  }

  /// Saves the next version; when this returns, it is on disk.
  public RuleVersion save(RuleSet set, String author, String note, Instant now) throws IOException {
    List<Integer> versions = versions();
    int next = versions.isEmpty() ? 1 : versions.getLast() + 1;
    RuleVersion version = new RuleVersion(next, now, author, note, set);
    Files.createDirectories(directory);
    write(version);
    for (int old : versions.subList(0, Math.max(0, versions.size() + 1 - KEPT))) {
      Files.deleteIfExists(file(old));
    }
    return version;
  }

  private void write(RuleVersion version) throws IOException {
    ObjectNode content = JSON.createObjectNode();
    content.put("version", version.version()).put("savedAt", version.savedAt().toString());
    content.put("author", version.author()).put("note", version.note());
    content.set("rules", RuleJson.write(version.set()));
    if (!version.set().scenarios().isEmpty()) {
      content.set("scenarios", TuningJson.write(version.set().scenarios()));
    }
    ObjectNode root = JSON.createObjectNode();
    root.put("formatVersion", FORMAT_VERSION).put("kind", "rules");
    root.put("crc32c", checksum(content)).set("content", content);
    Path file = file(version.version());
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    ByteBuffer bytes =
        ByteBuffer.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    try (FileChannel channel =
        FileChannel.open(
            aside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    try {
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException _) {
      Files.move(aside, file);
    }
    try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private RuleVersion read(int version) throws IOException {
    Path file = file(version);
    JsonNode root;
    try {
      root = JSON.readTree(Files.readAllBytes(file));
    } catch (JacksonException | CharConversionException e) {
      throw damaged(file, version, e);
    }
    int format = root.path("formatVersion").asInt(0);
    if (format > FORMAT_VERSION) {
      throw new IOException(
          "%s has format version %d, this program reads up to %d; update the program"
              .formatted(file, format, FORMAT_VERSION));
    }
    JsonNode content = root.path("content");
    boolean isOurs = format >= 1 && root.path("kind").asText().equals("rules");
    if (!isOurs || !root.path("crc32c").asText().equals(checksum(content))) {
      throw damaged(file, version, null);
    }
    try {
      return new RuleVersion(
          content.path("version").intValue(),
          Instant.parse(content.path("savedAt").asText()),
          content.path("author").asText(),
          content.path("note").asText(),
          RuleJson.read(content.path("rules")).with(TuningJson.read(content.get("scenarios"))));
    } catch (InvalidFieldException | DateTimeException e) {
      throw damaged(file, version, e);
    }
  }

  private Path file(int version) {
    return directory.resolve("rules-%06d.json".formatted(version));
  }

  private static IOException damaged(Path file, int version, @Nullable Exception cause) {
    return new IOException(
        "%s is damaged; put it back from a backup, or delete it to go on with %s"
            .formatted(file, version == 1 ? "no rules" : "the version of the rules before it"),
        cause);
  }

  private static String checksum(JsonNode content) {
    CRC32C crc = new CRC32C();
    crc.update(content.toString().getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
