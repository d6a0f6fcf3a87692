package io.zhiyin.server.shop;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.intake.CsvImporter;
import io.zhiyin.engine.intake.Encoding;
import io.zhiyin.engine.intake.EventTypes;
import io.zhiyin.engine.intake.GorseImporter;
import io.zhiyin.engine.intake.Importer;
import io.zhiyin.engine.intake.JsonlImporter;
import io.zhiyin.engine.intake.LastfmImporter;
import io.zhiyin.engine.intake.LocalTimes;
import io.zhiyin.engine.intake.MovieLensImporter;
import io.zhiyin.engine.intake.SequencesImporter;
import io.zhiyin.engine.intake.TableOptions;
import io.zhiyin.engine.intake.YoochooseImporter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A file that is to be imported, and how it is to be understood: what `./zhiyin import` has as
/// options.
///
/// @param fileName as the person who sends it calls it
/// @param bytes how long it is
/// @param format one of [#FORMATS]
/// @param map csv: field to the header of its column; fields not named are found by their headers
/// @param set csv: field to the value that every row has
/// @param encoding `auto` or the name of a charset
/// @param zone csv: the time zone of clock times; empty when times say theirs
/// @param timeFormat csv: how times are written; empty for the usual ways
/// @param eventType sequences: what taking an item was
/// @param mode whether what is good is applied
public record ImportPlan(
    String fileName,
    long bytes,
    String format,
    Map<String, String> map,
    Map<String, String> set,
    String encoding,
    String zone,
    String timeFormat,
    String eventType,
    Mode mode) {
  /// As `./zhiyin import` has them.
  public static final List<String> FORMATS =
      List.of("jsonl", "csv", "sequences", "movielens", "lastfm", "yoochoose", "gorse");

  /// The longest file.
  public static final long MOST_BYTES = 2L << 30;

  /// What the files of an archive may have together.
  static final long MOST_UNPACKED = 4 * MOST_BYTES;

  /// What is done with what is good.
  public enum Mode {
    APPLY,
    CHECK_ONLY
  }

  /// @throws InvalidFieldException when a field is wrong
  public ImportPlan {
    fileName = fileName.strip().replaceAll("[\\p{Cntrl}/\\\\]", "_");
    if (fileName.isEmpty() || fileName.length() > 200 || fileName.matches("\\.\\.?")) {
      throw new InvalidFieldException(
          "fileName", fileName, "must be a name of 1 to 200 characters");
    }
    if (bytes < 1 || bytes > MOST_BYTES) {
      throw new InvalidFieldException(
          "bytes", bytes, "must be between 1 and " + MOST_BYTES + "; use ./zhiyin import for more");
    }
    if (!FORMATS.contains(format)) {
      throw new InvalidFieldException(
          "format", format, "must be one of " + String.join(", ", FORMATS));
    }
    map = Map.copyOf(map);
    set = Map.copyOf(set);
  }

  /// The file's name as a path; a stand-in where this machine's locale cannot write it.
  Path path() {
    try {
      return Path.of(fileName);
    } catch (InvalidPathException e) {
      return Path.of("upload");
    }
  }

  /// @throws InvalidFieldException when an option is wrong
  Importer importer(Clock clock) {
    EventTypes types = EventTypes.common();
    return switch (format) {
      case "jsonl" -> new JsonlImporter(clock, types, Encoding.named(encoding));
      case "csv" -> new CsvImporter(table(clock));
      case "sequences" ->
          new SequencesImporter(clock, kind(types), Optional.empty(), Optional.empty());
      case "movielens" -> new MovieLensImporter(clock);
      case "lastfm" -> new LastfmImporter(clock);
      case "yoochoose" -> new YoochooseImporter(clock);
      default -> new GorseImporter(clock, types, times());
    };
  }

  /// Whether files of the format are told by their names.
  boolean tellsByName() {
    return switch (format) {
      case "jsonl", "csv", "sequences" -> false;
      default -> true;
    };
  }

  private EventKind kind(EventTypes types) {
    EventKind kind = types.kindOf("eventType", eventType.isEmpty() ? "purchase" : eventType);
    if (!kind.isEngagement() || kind == EventKind.RATING) {
      throw new InvalidFieldException("eventType", eventType, "must be a deed with one item");
    }
    return kind;
  }

  private TableOptions table(Clock clock) {
    return new TableOptions(
        clock,
        map,
        set,
        EventTypes.common(),
        Encoding.named(encoding),
        times(),
        Optional.empty(),
        TableOptions.Header.NAMED,
        TableOptions.Returns.REJECT);
  }

  private LocalTimes times() {
    LocalTimes times = zone.isEmpty() ? LocalTimes.absolute() : LocalTimes.in(zoneId());
    return timeFormat.isEmpty() ? times : times.with(timeFormat);
  }

  private ZoneId zoneId() {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new InvalidFieldException(
          "zone", zone, "is no time zone; write it as Asia/Shanghai or +08:00");
    }
  }
}
