package io.zhiyin.engine.intake;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;

/// A file of rows and cells, read row by row. Cells may be quoted and then hold the delimiter,
/// quotes (doubled) and line ends.
final class Table implements AutoCloseable {
  private static final int SNIFFED = 8192;
  private static final char[] DELIMITERS = {',', '\t', ';', '|'};

  private final SourceFile source;
  private final CloseableIterator<CsvRecord> records;
  private final List<String> header;
  private Optional<CsvRecord> first = Optional.empty();

  private Table(SourceFile source, Optional<Character> delimiter, TableOptions.Header header)
      throws IOException {
    this.source = source;
    char parting = delimiter.isPresent() ? delimiter.get() : sniff(source);
    this.records =
        CsvReader.builder()
            .fieldSeparator(parting)
            .allowMissingFields(true)
            .allowExtraFields(true)
            .allowExtraCharsAfterClosingQuote(true)
            .ofCsvRecord(source.reader())
            .iterator();
    Optional<CsvRecord> top = read();
    if (top.isEmpty()) {
      throw new UnusableFileException(source.path(), "has no row", "一行数据也没有");
    }
    if (header == TableOptions.Header.NUMBERED) {
      this.first = top;
      this.header =
          IntStream.rangeClosed(1, top.get().getFieldCount()).mapToObj(Integer::toString).toList();
    } else {
      this.header = top.get().getFields().stream().map(String::strip).toList();
    }
  }

  /// Opens a table and reads its header line.
  static Table open(
      Path path, Encoding encoding, Optional<Character> delimiter, TableOptions.Header header)
      throws IOException {
    SourceFile source = SourceFile.open(path, encoding);
    try {
      return new Table(source, delimiter, header);
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /// The delimiter that stands most often, outside quotes, in the first line.
  private static char sniff(SourceFile source) throws IOException {
    BufferedReader reader = source.reader();
    char[] start = new char[SNIFFED];
    reader.mark(SNIFFED);
    int length;
    try {
      length = Math.max(0, reader.read(start));
    } catch (CharacterCodingException e) {
      throw Encoding.wrong(source.path());
    }
    reader.reset();
    int[] counts = new int[DELIMITERS.length];
    boolean quoted = false;
    for (int i = 0; i < length && (quoted || start[i] != '\n'); i++) {
      quoted ^= start[i] == '"';
      for (int d = 0; d < DELIMITERS.length; d++) {
        counts[d] += !quoted && start[i] == DELIMITERS[d] ? 1 : 0;
      }
    }
    int best = IntStream.range(0, counts.length).reduce(0, (a, b) -> counts[b] > counts[a] ? b : a);
    return DELIMITERS[best];
  }

  Path path() {
    return source.path();
  }

  /// The names of the columns, or their numbers from 1.
  List<String> header() {
    return header;
  }

  long bytesRead() {
    return source.bytesRead();
  }

  /// The next row, or empty at the end. Blank lines are passed over.
  Optional<CsvRecord> next() throws IOException {
    if (first.isPresent()) {
      Optional<CsvRecord> row = first;
      first = Optional.empty();
      return row;
    }
    return read();
  }

  private Optional<CsvRecord> read() throws IOException {
    try {
      return records.hasNext() ? Optional.of(records.next()) : Optional.empty();
    } catch (NoSuchElementException e) {
      return Optional.empty();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw Encoding.wrong(source.path());
      }
      throw e.getCause();
    } catch (CsvParseException e) {
      throw broken(e);
    }
  }

  private IOException broken(CsvParseException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof CharacterCodingException) {
        return Encoding.wrong(source.path());
      }
      if (cause instanceof UnusableFileException unusable) {
        return unusable;
      }
    }
    return new UnusableFileException(
        source.path(), "is not a table: " + e.getMessage(), "不是有效的表格：" + e.getMessage());
  }

  @Override
  public void close() throws IOException {
    records.close();
    source.close();
  }
}
