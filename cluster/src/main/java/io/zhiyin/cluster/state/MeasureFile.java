package io.zhiyin.cluster.state;

import io.zhiyin.cluster.journal.RocksJournal;
import io.zhiyin.engine.measure.MeasureFold;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// What is measured of one shop at rest: `measures/series`, in the format of snapshots, with the
/// place of the journal that it stands for. It is replaced as a whole; without it, the journal has
/// everything.
final class MeasureFile {
  private static final System.Logger LOG = System.getLogger(MeasureFile.class.getName());

  private final Path file;

  /// @param directory of the shop
  MeasureFile(Path directory) {
    this.file = directory.resolve("measures").resolve("series");
  }

  /// What was folded up to a place of the journal.
  record Kept(long position, MeasureFold fold) {}

  /// What is kept, when it is whole and of that journal.
  Optional<Kept> load(RocksJournal journal) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (SnapshotReader reader = SnapshotReader.open(file)) {
      SnapshotFiles.check(reader.stamp(), journal);
      return Optional.of(new Kept(reader.stamp().position(), read(reader)));
    } catch (UnusableSnapshotException unusable) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The measured series in {0} are not used ({1}): they are made again from the journal.",
          file,
          unusable.getMessage());
      return Optional.empty();
    }
  }

  static MeasureFold read(SnapshotReader reader) throws IOException {
    MeasureFold fold = new MeasureFold();
    try {
      reader.readTo(
          piece -> {
            fold.restore(piece.kind(), piece.in());
            piece.done();
          });
    } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException problem) {
      throw new UnusableSnapshotException("it makes no sense: " + problem.getMessage(), problem);
    }
    return fold;
  }

  /// Returns when it is on the disk.
  ///
  /// @param stamp of the place up to which was folded
  void save(MeasureFold fold, RocksJournal.Stamp stamp) throws IOException {
    Files.createDirectories(directory());
    Path partial = file.resolveSibling("series.partial");
    try {
      try (SnapshotWriter writer = SnapshotWriter.create(partial, stamp)) {
        fold.writeTo(writer);
        writer.finish();
      }
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      sync();
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /// Returns when nothing of it is on the disk.
  void delete() throws IOException {
    if (Files.deleteIfExists(file)) {
      sync();
    }
  }

  private Path directory() {
    return file.resolveSibling("").normalize();
  }

  private void sync() throws IOException {
    try (FileChannel entries = FileChannel.open(directory(), StandardOpenOption.READ)) {
      entries.force(true);
    }
  }
}
