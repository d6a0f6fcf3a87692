package io.zhiyin.server.shop;

import io.zhiyin.engine.intake.Reject;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The records that an import did not take, as a table of file, line, field, value and reason. The
/// file is made with the first of them.
public final class RejectFile implements AutoCloseable {
  private static final int SHOWN = 5;

  private final Path path;
  private final Map<String, Long> reasons = new LinkedHashMap<>();
  private @Nullable Writer writer;
  private @Nullable Reject first;
  private long count;

  /// @param path where the file is to be
  public RejectFile(Path path) {
    this.path = path;
  }

  public void add(Reject reject) throws IOException {
    count++;
    if (first == null) {
      first = reject;
    }
    if (reasons.size() < 1_000) {
      reasons.merge(reject.field() + " " + reject.reason(), 1L, Long::sum);
    }
    Writer out = writer;
    if (out == null) {
      Files.createDirectories(path.toAbsolutePath().getParent());
      out = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
      writer = out;
      out.write("file\tline\tfield\tvalue\treason\n");
    }
    out.write(
        String.join(
            "\t",
            plain(reject.file().toString()),
            Long.toString(reject.line()),
            plain(reject.field()),
            plain(reject.value()),
            plain(reject.reason())));
    out.write('\n');
  }

  private static String plain(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  public long count() {
    return count;
  }

  public Path path() {
    return path;
  }

  public Optional<Reject> first() {
    return Optional.ofNullable(first);
  }

  /// The most frequent reasons with how often each came, most first.
  public List<Map.Entry<String, Long>> why() {
    return reasons.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN)
        .toList();
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
      writer = null;
    }
  }
}
