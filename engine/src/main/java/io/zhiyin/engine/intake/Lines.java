package io.zhiyin.engine.intake;

import io.zhiyin.engine.event.InvalidFieldException;
import java.io.IOException;
import java.nio.file.Path;

/// Reads a file line by line; a line that is refused goes to the sink's rejects.
final class Lines {
  private Lines() {}

  @FunctionalInterface
  interface LineReader {
    /// @param number counted from 1
    /// @throws InvalidFieldException when the line is not taken
    void read(String line, long number) throws IOException;
  }

  static void read(Path path, Encoding encoding, Importer.Sink sink, LineReader reader)
      throws IOException {
    try (SourceFile source = SourceFile.open(path, encoding)) {
      long number = 0;
      for (String line = source.readLine(); line != null; line = source.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        sink.progress(path, source.bytesRead());
        try {
          reader.read(line, number);
        } catch (InvalidFieldException e) {
          sink.reject(Reject.of(path, number, e));
        }
      }
    }
  }

  /// The cells of a line.
  ///
  /// @throws InvalidFieldException when there are fewer than expected
  static String[] cells(String line, String separator, int expected) {
    String[] cells = line.split(separator, -1);
    if (cells.length < expected) {
      throw new InvalidFieldException(
          "line", line, "has " + cells.length + " fields where " + expected + " belong");
    }
    return cells;
  }

  static double number(String field, String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new InvalidFieldException(field, text, "must be a number");
    }
  }
}
