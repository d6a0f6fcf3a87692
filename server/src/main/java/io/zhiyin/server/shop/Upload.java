package io.zhiyin.server.shop;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// Where one uploaded file lies until it is imported, and what its parts are called by the person
/// who sent it.
///
/// @param directory of this upload alone
record Upload(Path directory, ImportPlan plan) {
  /// What the file is called here; messages call it as the person does.
  private static final String RECEIVED = "zhiyin-upload";

  private Path received() {
    return directory.resolve(RECEIVED);
  }

  private Path unpacked() {
    return directory.resolve("files");
  }

  /// Where an import keeps what it read before it applies it.
  Path spool() {
    return directory.resolve("spool");
  }

  void append(byte[] bytes) throws IOException {
    Files.createDirectories(directory);
    try (OutputStream out =
        Files.newOutputStream(received(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(bytes);
    }
  }

  /// What is to be read: the file, or an archive's files; in a folder where the format tells files
  /// by their names.
  List<Path> files() throws IOException {
    if (Archive.isNamed(plan.fileName())) {
      List<Path> files = Archive.unpack(received(), unpacked(), ImportPlan.MOST_UNPACKED);
      return plan.tellsByName() ? List.of(unpacked()) : files;
    }
    if (!plan.tellsByName()) {
      return List.of(received());
    }
    Files.createDirectories(unpacked());
    Files.move(received(), unpacked().resolve(plan.path()));
    return List.of(unpacked());
  }

  /// A message with the names that files have for the person who sent them.
  String named(String message) {
    return message
        .replace(unpacked() + "/", "")
        .replace(unpacked().toString(), plan.fileName())
        .replace(received().toString(), plan.fileName())
        .replace(RECEIVED, plan.fileName());
  }

  /// The same of one file.
  Path named(Path file) {
    Path name = file.getFileName();
    return file.equals(received()) || name == null ? plan.path() : name;
  }

  /// Takes it off the disk.
  void clear() throws IOException {
    if (Files.isDirectory(unpacked())) {
      try (Stream<Path> files = Files.list(unpacked())) {
        for (Path each : files.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(unpacked());
    }
    Files.deleteIfExists(received());
    Files.deleteIfExists(spool());
    Files.deleteIfExists(directory);
  }
}
