package io.zhiyin.learning.tune;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.model.ModelException;
import io.zhiyin.learning.train.SealedJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// What a search has measured so far, one JSON line each with a format version and a checksum; the
/// first line says of which data. A line is synced before the next trial begins, so a search that
/// is killed loses the trial that was under way and nothing else.
///
/// A last line without its end is one that a kill cut off: it is taken away. Any other damage is
/// refused.
final class TrialLog {
  private static final SealedJson LINE = new SealedJson("trial", 1);
  private static final String ADVICE = "Move the file away to begin the search anew.";

  private final Path file;
  private final List<Measured> measured;

  private TrialLog(Path file, List<Measured> measured) {
    this.file = file;
    this.measured = measured;
  }

  /// Opens the log, or begins one. One of other data is kept aside as `….earlier`.
  ///
  /// @param about what the measurements depend on, beside the recipes
  /// @throws ModelException when it is damaged or newer
  static TrialLog open(Path file, String about) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (Files.exists(file)) {
      TrialLog known = read(file, about);
      if (known != null) {
        return known;
      }
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".earlier"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    TrialLog log = new TrialLog(file, new ArrayList<>());
    log.append(SealedJson.object().put("about", about));
    return log;
  }

  private static @org.jspecify.annotations.Nullable TrialLog read(Path file, String about)
      throws IOException {
    String text = Files.readString(file);
    int end = text.lastIndexOf('\n') + 1;
    if (end < text.length()) {
      text = text.substring(0, end);
      cut(file, text.getBytes(StandardCharsets.UTF_8).length);
    }
    List<Measured> measured = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String source = "Line " + (i + 1) + " of " + file;
      var document = LINE.ofLine(lines.get(i), source, ADVICE);
      if (i > 0) {
        measured.add(Measured.of(document, source));
      } else if (!document.path("about").asText().equals(about)) {
        return null;
      }
    }
    return lines.isEmpty() ? null : new TrialLog(file, measured);
  }

  private static void cut(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
      channel.force(true);
    }
  }

  List<Measured> measured() {
    return List.copyOf(measured);
  }

  void add(Measured one) throws IOException {
    append(one.json());
    measured.add(one);
  }

  private void append(ObjectNode document) throws IOException {
    ByteBuffer line =
        ByteBuffer.wrap((LINE.line(document) + "\n").getBytes(StandardCharsets.UTF_8));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(true);
    }
  }
}
