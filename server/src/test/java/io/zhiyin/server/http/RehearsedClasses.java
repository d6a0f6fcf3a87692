package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.server.Rehearsal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/// The classes of this process for processes of their own, with the archive that the launcher makes
/// of them after a build: a server starts in a good half of the time.
///
/// @param options what a `java` that is to use them is given before its main class
record RehearsedClasses(List<String> options) {
  private static final List<String> JVM =
      List.of(
          "--add-modules",
          "jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xlog:cds=off",
          "-Xmx256m",
          "-Dstdout.encoding=UTF-8");

  static RehearsedClasses in(Path directory) throws IOException, InterruptedException {
    List<String> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.isEmpty()) {
        classPath.add(Files.isDirectory(Path.of(entry)) ? jar(directory, entry) : entry);
      }
    }
    List<String> options = new ArrayList<>(JVM);
    options.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
    Path archive = directory.resolve("classes.jsa");
    Process rehearsal =
        java(options, "-XX:ArchiveClassesAtExit=" + archive, Rehearsal.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("rehearsal.log").toFile())
            .start();
    assertEquals(0, rehearsal.waitFor(), "the rehearsal ends well");
    assertTrue(Files.size(archive) > 0, "and leaves an archive");
    options.add("-XX:SharedArchiveFile=" + archive);
    return new RehearsedClasses(options);
  }

  /// A process that is not started yet.
  ProcessBuilder java(String... more) {
    return java(options, more);
  }

  private static ProcessBuilder java(List<String> options, String... more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of(more));
    return new ProcessBuilder(command);
  }

  /// The JVM archives nothing that comes from a folder.
  private static String jar(Path directory, String folder) throws IOException {
    Path jar = Files.createTempFile(directory, "classes", ".jar");
    int status =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--create",
                "--no-compress",
                "--file",
                jar.toString(),
                "-C",
                folder,
                ".");
    assertEquals(0, status, folder);
    return jar.toString();
  }
}
