package io.zhiyin.learning.train;

import io.zhiyin.engine.model.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Which model is in use and which were before it, newest first; the file `ACTIVE`.
///
/// The first line is the id of the model in use. The second, when there is one, is `trail 1
/// <crc32c>` with the checksum of all other lines, and earlier ids follow, one a line. A file of
/// one line, as the first versions wrote, has no earlier ones.
record Trail(List<String> ids) {
  static final Trail NONE = new Trail(List.of());
  private static final int VERSION = 1;
  private static final int LONGEST = 20;

  Trail {
    ids = List.copyOf(ids);
  }

  static Trail read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return NONE;
    }
    List<String> lines = text(Files.readAllBytes(file)).strip().lines().toList();
    if (lines.size() < 2) {
      return new Trail(lines);
    }
    String[] head = lines.get(1).split(" ", -1);
    if (head.length != 3 || !head[0].equals("trail")) {
      throw damaged(file);
    }
    if (!head[1].equals(Integer.toString(VERSION))) {
      throw new ModelException(
          "%s has format %s, but this version of Zhiyin reads up to %d. Update Zhiyin, or choose a model with './zhiyin models activate'."
              .formatted(file, head[1], VERSION));
    }
    List<String> ids = new ArrayList<>(lines);
    ids.remove(1);
    if (!head[2].equals(checksum(ids))) {
      throw damaged(file);
    }
    return new Trail(ids);
  }

  private static ModelException damaged(Path file) {
    return new ModelException(
        file
            + " is damaged. Choose a model with './zhiyin models activate', which writes it anew.");
  }

  /// Bytes that are no text become signs that no id has, so that the file is found damaged.
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  String text() {
    List<String> lines = new ArrayList<>(ids);
    if (lines.size() > 1) {
      lines.add(1, "trail " + VERSION + " " + checksum(ids));
    }
    return String.join("\n", lines) + "\n";
  }

  Optional<String> active() {
    return ids.stream().findFirst();
  }

  /// Another model is put to use.
  Trail to(String id) {
    if (active().filter(id::equals).isPresent()) {
      return this;
    }
    List<String> longer = new ArrayList<>(ids);
    longer.addFirst(id);
    return new Trail(longer.subList(0, Math.min(LONGEST, longer.size())));
  }

  /// The one in use is given up for the one before.
  Trail back() {
    return new Trail(ids.subList(Math.min(1, ids.size()), ids.size()));
  }

  private static String checksum(List<String> ids) {
    CRC32C crc = new CRC32C();
    crc.update(String.join("\n", ids).getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
