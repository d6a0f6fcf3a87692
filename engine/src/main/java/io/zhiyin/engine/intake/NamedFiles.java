package io.zhiyin.engine.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The files of a published data set, found by the names that it is published with.
final class NamedFiles {
  private final Path where;
  private final List<Path> files;

  private NamedFiles(Path where, List<Path> files) {
    this.where = where;
    this.files = files;
  }

  /// All files given, and those in the folders given.
  static NamedFiles in(List<Path> paths) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        try (Stream<Path> inside = Files.list(path)) {
          inside.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
      } else if (Files.exists(path)) {
        files.add(path);
      } else {
        throw new UnusableFileException(path, "does not exist", "文件不存在");
      }
    }
    return new NamedFiles(paths.getFirst(), files);
  }

  /// The first file whose name, in lower case and without `.gz`, passes the test.
  Optional<Path> find(Predicate<String> name) {
    return all(name).stream().findFirst();
  }

  List<Path> all(Predicate<String> name) {
    return files.stream().filter(file -> name.test(nameOf(file))).toList();
  }

  Path require(String names, Predicate<String> name) throws UnusableFileException {
    Optional<Path> file = find(name);
    if (file.isEmpty()) {
      throw new UnusableFileException(where, "has no " + names, "里没有 " + names);
    }
    return file.get();
  }

  static String nameOf(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
  }
}
