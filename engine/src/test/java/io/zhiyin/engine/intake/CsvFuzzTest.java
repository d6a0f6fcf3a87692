package io.zhiyin.engine.intake;

import io.zhiyin.engine.Seeds;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.EventCodec;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.InvalidFieldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as a file to import, as a table of any kind and as lines of JSON: unusable as a whole,
/// or read row by row with the bad rows named.
class CsvFuzzTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-26T00:00:00Z"), ZoneOffset.UTC);
  private static final Path FILE = file();

  private static Path file() {
    try {
      Path file = Files.createTempFile("fuzzed", ".csv");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    Files.write(FILE, bytes);
    read(new CsvImporter(TableOptions.plain(CLOCK)));
    read(
        new SequencesImporter(
            CLOCK, EventKind.PURCHASE_COMPLETE, Optional.of(FILE), Optional.of(FILE)));
    read(new JsonlImporter(CLOCK, EventTypes.common(), Encoding.detected()));
  }

  private static void read(Importer importer) throws IOException {
    try {
      importer.read(List.of(FILE), new Checked());
    } catch (UnusableFileException | InvalidFieldException refused) {
      // as documented
    }
  }

  /// What was read can be written to a journal and read again.
  private record Checked() implements Importer.Sink {
    @Override
    public void event(Event event) throws IOException {
      if (!event.equals(EventCodec.decode(EventCodec.encode(event)))) {
        throw new AssertionError(event + " is another after the journal");
      }
    }

    @Override
    public void item(CatalogEvent item) throws IOException {
      event(item);
    }

    @Override
    public void reject(Reject reject) {
      if (reject.value().length() > 10_000) {
        throw new AssertionError("a reject that repeats its whole row");
      }
    }

    @Override
    public void progress(Path file, long bytes) {}

    @Override
    public void note(String message) {}
  }

  static List<Path> seeds() throws IOException {
    return Seeds.of("csv");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isUnusableOrReadRowByRow(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }
}
