package io.zhiyin.cluster.state;

import io.zhiyin.cluster.journal.RocksJournal;
import io.zhiyin.engine.measure.MeasureFold;
import io.zhiyin.engine.profile.ProfileFold;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as a snapshot and as a file of series, as they are and as pieces with the right
/// checksums: read, or an [UnusableSnapshotException], upon which the journal is read instead.
class SnapshotFuzzTest {
  private static final Path FILE = file();

  private static Path file() {
    try {
      Path file = Files.createTempFile("fuzzed", ".snapshot");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    Files.write(FILE, bytes);
    read();
    pieces(bytes);
    read();
  }

  private static void read() throws IOException {
    try (SnapshotReader reader = SnapshotReader.open(FILE)) {
      use(SnapshotLoad.from(reader));
    } catch (UnusableSnapshotException refused) {
      // as documented
    }
    try (SnapshotReader reader = SnapshotReader.open(FILE)) {
      MeasureFold fold = MeasureFile.read(reader);
      fold.closedEarly();
    } catch (UnusableSnapshotException refused) {
      // as documented
    }
  }

  /// What was read is good for all that is done with it: nothing may turn out to be damaged later.
  private static void use(ShopState state) throws IOException {
    ProfileFold profiles = state.profiles();
    profiles.shoppers().forEach(shopper -> profiles.of(shopper).history().size());
    Optional<StateImage> image = state.image();
    if (image.isPresent()) {
      image.get().writeTo((_, _) -> {});
    }
  }

  /// Two bytes of length, one of kind, and the piece, again and again.
  private static void pieces(byte[] bytes) throws IOException {
    try (SnapshotWriter writer = SnapshotWriter.create(FILE, new RocksJournal.Stamp(0, 0, 0))) {
      int at = 0;
      while (at + 3 <= bytes.length) {
        int length = (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
        int end = Math.min(bytes.length, at + 3 + length);
        byte kind = bytes[at + 2];
        if (kind != SnapshotWriter.END) {
          writer.put(kind, Arrays.copyOfRange(bytes, at + 3, end));
        }
        at = end;
      }
      writer.finish();
    }
  }

  static List<Path> seeds() throws IOException {
    try (Stream<Path> kept =
        Files.list(Path.of(System.getProperty("zhiyin.root"), "fuzz", "snapshot"))) {
      return kept.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isReadOrNotUsed(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }
}
