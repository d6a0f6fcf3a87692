package io.zhiyin.engine.intake;

import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Reads files of one format and hands on what they say, in bounded memory.
@FunctionalInterface
public interface Importer {
  /// Reads the files in the order given.
  ///
  /// @param paths files, or folders whose files have the names that the format is published with
  /// @throws UnusableFileException when a file cannot be used as a whole
  void read(List<Path> paths, Sink sink) throws IOException;

  /// Takes what an importer reads.
  interface Sink {
    /// Something that happened. The same file gives the same ids each time it is read.
    void event(Event event) throws IOException;

    /// What the file says of an item, once an item and after everything else. The id comes from the
    /// content; a sink may leave out what the catalogue says already.
    void item(CatalogEvent item) throws IOException;

    /// A record that was not taken.
    void reject(Reject reject) throws IOException;

    /// One more record was read.
    ///
    /// @param bytes how far the reader is in its file, as stored
    void progress(Path file, long bytes);

    /// Something that the importer found out and a person should know, such as which column it took
    /// for what.
    void note(String message);
  }
}
