package io.zhiyin.server.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The changes of one shop, one line each, only ever appended: `audit-000001.log` and so on. A file
/// that is large enough is followed by the next, and of too many the oldest goes, so that the log
/// has a bound. A line that is damaged is counted and left out.
public final class AuditLog {
  private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());
  private static final String PREFIX = "audit-";
  private static final String SUFFIX = ".log";

  private final Path directory;
  private final Clock clock;
  private final Bounds bounds;

  /// @param fileBytes how large a file may become
  /// @param files how many are kept
  record Bounds(long fileBytes, int files) {
    static final Bounds DEFAULT = new Bounds(1L << 20, 16);
  }

  public AuditLog(Path directory, Clock clock) {
    this(directory, clock, Bounds.DEFAULT);
  }

  AuditLog(Path directory, Clock clock, Bounds bounds) {
    this.directory = directory;
    this.clock = clock;
    this.bounds = bounds;
  }

  /// Notes a change that was made; when this returns, it is on the disk. The change stands even if
  /// the disk fails: then the program's own log has the line.
  public synchronized void write(String who, String what, Map<String, String> details) {
    AuditEntry entry =
        new AuditEntry(
            clock.instant().truncatedTo(ChronoUnit.MILLIS), who, what, new TreeMap<>(details));
    String line = AuditLine.write(entry);
    try {
      append(line);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "Not written to the audit log: " + line, e);
    }
  }

  private void append(String line) throws IOException {
    Files.createDirectories(directory);
    List<Path> files = files();
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    boolean next = files.isEmpty() || !takes(files.getLast(), bytes.length);
    Path file = next ? directory.resolve(nameAfter(files)) : files.getLast();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    for (int i = 0; next && i < files.size() + 1 - bounds.files; i++) {
      Files.deleteIfExists(files.get(i));
    }
  }

  /// Not a full one, and not one whose last line was cut off.
  private boolean takes(Path file, int more) throws IOException {
    long size = Files.size(file);
    if (size + more > bounds.fileBytes) {
      return false;
    }
    if (size == 0) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.read(last, size - 1);
      return last.get(0) == '\n';
    }
  }

  private static String nameAfter(List<Path> files) {
    int number = files.isEmpty() ? 0 : number(files.getLast());
    return PREFIX + String.format(Locale.ROOT, "%06d", number + 1) + SUFFIX;
  }

  private static int number(Path file) {
    String name = file.getFileName().toString();
    return Integer.parseInt(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(file -> file.getFileName().toString().matches("audit-[0-9]{6,9}\\.log"))
          .sorted(Comparator.comparingInt(AuditLog::number))
          .toList();
    }
  }

  /// What is kept.
  ///
  /// @param entries the newest first
  /// @param damaged how many of the lines that were read cannot be trusted
  public record Page(List<AuditEntry> entries, int damaged) {}

  /// The newest entries.
  public synchronized Page newest(int most) throws IOException {
    List<AuditEntry> entries = new ArrayList<>();
    int damaged = 0;
    for (Path file : files().reversed()) {
      if (entries.size() == most) {
        break;
      }
      // Damaged bytes become a damaged line, not a failure to read the others.
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      List<String> lines = text.lines().toList();
      for (int i = lines.size() - 1; i >= 0 && entries.size() < most; i--) {
        AuditEntry entry = AuditLine.read(lines.get(i));
        if (entry == null) {
          damaged++;
        } else {
          entries.add(entry);
        }
      }
    }
    return new Page(List.copyOf(entries), damaged);
  }
}
