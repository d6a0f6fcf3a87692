package io.zhiyin.cluster.state;

import io.zhiyin.cluster.journal.RocksJournal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The snapshots of one shop, each named by its place in the journal: `0000000000200000.snapshot`.
///
/// A file gets this name when all of it is on the disk; older ones go when it was read back.
final class SnapshotFiles {
  private static final System.Logger LOG = System.getLogger(SnapshotFiles.class.getName());
  private static final String SUFFIX = ".snapshot";
  private static final String PARTIAL = ".partial";

  private final Path directory;

  SnapshotFiles(Path directory) {
    this.directory = directory;
  }

  /// The whole snapshots, the newest first.
  List<Path> newestFirst() throws IOException {
    return files().stream().filter(file -> name(file).endsWith(SUFFIX)).toList();
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(file -> name(file).contains(SUFFIX))
          .sorted(Comparator.comparing(SnapshotFiles::name).reversed())
          .toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /// The state of the newest snapshot that is whole and of that journal, or nothing. Those that
  /// cannot be used are named in the log and left alone.
  Optional<ShopState> load(RocksJournal journal) throws IOException {
    for (Path file : newestFirst()) {
      try (SnapshotReader reader = SnapshotReader.open(file)) {
        check(reader.stamp(), journal);
        return Optional.of(SnapshotLoad.from(reader));
      } catch (UnusableSnapshotException unusable) {
        LOG.log(
            System.Logger.Level.WARNING,
            "The snapshot {0} is not used ({1}): what it has is read from the journal instead.",
            file,
            unusable.getMessage());
      }
    }
    return Optional.empty();
  }

  static void check(RocksJournal.Stamp stamp, RocksJournal journal) throws IOException {
    if (stamp.position() > journal.end() || !stamp.equals(journal.stamp(stamp.position()))) {
      throw new UnusableSnapshotException("it was made from another journal");
    }
  }

  /// Writes a snapshot and returns when it is on the disk, was read back, and older ones are gone.
  ///
  /// @param guard is asked before each piece is written or read back
  void write(StateImage image, RocksJournal.Stamp stamp, Guard guard) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(String.format(Locale.ROOT, "%016d", image.position()) + SUFFIX);
    Path partial = file.resolveSibling(name(file) + PARTIAL);
    try {
      try (SnapshotWriter writer = SnapshotWriter.create(partial, stamp)) {
        image.writeTo(
            (kind, piece) -> {
              guard.goOn();
              writer.put(kind, piece);
            });
        writer.finish();
      }
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
    sync();
    verify(file, guard);
    for (Path other : files()) {
      if (!other.equals(file)) {
        Files.deleteIfExists(other);
      }
    }
  }

  /// Throws when a snapshot is not to be gone on with.
  @FunctionalInterface
  interface Guard {
    void goOn() throws IOException;
  }

  private static void verify(Path file, Guard guard) throws IOException {
    try (SnapshotReader reader = SnapshotReader.open(file)) {
      reader.readTo(
          piece -> {
            guard.goOn();
            piece.done();
          });
    } catch (UnusableSnapshotException damaged) {
      Files.deleteIfExists(file);
      throw damaged;
    }
  }

  /// Deletes every snapshot, whole or not, and returns when that is on the disk.
  void deleteAll() throws IOException {
    List<Path> all = files();
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
    if (!all.isEmpty()) {
      sync();
    }
  }

  private void sync() throws IOException {
    try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }
}
