package io.zhiyin.server.command;

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
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say how foreign files are to be understood, and the importer that they ask for.
final class Formats {
  @Option(
      names = "--format",
      required = true,
      paramLabel = "F",
      description = {"jsonl, csv, sequences, movielens, lastfm, yoochoose or gorse.", "数据格式。"})
  private String format = "";

  @Option(
      names = "--map",
      paramLabel = "FIELD=COLUMN",
      description = {
        "csv: which column is which field, e.g. --map userId=CustomerID; repeatable.",
        "列与字段的对应关系，可重复。"
      })
  private Map<String, String> map = new LinkedHashMap<>();

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = {
        "csv: a value that all rows have, e.g. --set eventType=purchase.",
        "所有行共同的取值。"
      })
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--event-word",
      paramLabel = "WORD=KIND",
      description = {
        "What a word of yours means, e.g. --event-word B=purchase; repeatable.",
        "自定义行为名称的含义，可重复。"
      })
  private Map<String, String> words = new LinkedHashMap<>();

  @Option(
      names = "--encoding",
      defaultValue = "auto",
      description = {"auto (default), UTF-8, GBK, …", "文件编码。"})
  private String encoding = "auto";

  @Option(
      names = "--delimiter",
      paramLabel = "C",
      description = {"csv: found out when not given; tab for a tabulator.", "分隔符。"})
  private @Nullable String delimiter;

  @Option(
      names = "--no-header",
      description = {
        "csv: the first line is data; columns are named by their number from 1.",
        "首行即数据；列以从 1 开始的序号指定。"
      })
  private boolean noHeader;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = {"The time zone of clock times, e.g. Asia/Shanghai.", "本地时间所在时区。"})
  private @Nullable String zone;

  @Option(
      names = "--time-format",
      paramLabel = "P",
      description = {"How times are written, e.g. 'M/d/yyyy H:mm'.", "时间格式。"})
  private @Nullable String timeFormat;

  @Option(
      names = "--returns",
      paramLabel = "R",
      defaultValue = "reject",
      description = {
        "csv: rows with a quantity below zero: reject (default) or remove-from-cart.",
        "数量为负的行如何处理。"
      })
  private String returns = "reject";

  @Option(
      names = "--items",
      paramLabel = "FILE",
      description = {"sequences: a table of the items, with titles.", "商品表。"})
  private @Nullable Path items;

  @Option(
      names = "--attributes",
      paramLabel = "FILE",
      description = {"sequences: JSON of item to attribute ids.", "商品属性。"})
  private @Nullable Path attributes;

  @Option(
      names = "--event-type",
      paramLabel = "KIND",
      defaultValue = "purchase",
      description = {"sequences: what taking an item was (default purchase).", "行为类型。"})
  private String eventType = "purchase";

  Importer importer(Clock clock) {
    EventTypes types = EventTypes.with(words);
    return switch (format) {
      case "jsonl" -> new JsonlImporter(clock, types, Encoding.named(encoding));
      case "csv" -> new CsvImporter(table(clock, types));
      case "sequences" ->
          new SequencesImporter(
              clock, kind(types), Optional.ofNullable(items), Optional.ofNullable(attributes));
      case "movielens" -> new MovieLensImporter(clock);
      case "lastfm" -> new LastfmImporter(clock);
      case "yoochoose" -> new YoochooseImporter(clock);
      case "gorse" -> new GorseImporter(clock, types, times());
      default ->
          throw new InvalidFieldException(
              "format",
              format,
              "must be one of jsonl, csv, sequences, movielens, lastfm, yoochoose, gorse");
    };
  }

  private EventKind kind(EventTypes types) {
    EventKind kind = types.kindOf("event-type", eventType);
    if (!kind.isEngagement() || kind == EventKind.RATING) {
      throw new InvalidFieldException("event-type", eventType, "must be a deed with one item");
    }
    return kind;
  }

  private TableOptions table(Clock clock, EventTypes types) {
    return new TableOptions(
        clock,
        map,
        set,
        types,
        Encoding.named(encoding),
        times(),
        parting(),
        noHeader ? TableOptions.Header.NUMBERED : TableOptions.Header.NAMED,
        switch (returns) {
          case "reject" -> TableOptions.Returns.REJECT;
          case "remove-from-cart" -> TableOptions.Returns.REMOVE_FROM_CART;
          default ->
              throw new InvalidFieldException(
                  "returns", returns, "must be reject or remove-from-cart");
        });
  }

  private Optional<Character> parting() {
    if (delimiter == null) {
      return Optional.empty();
    }
    if (delimiter.equals("tab") || delimiter.equals("\\t")) {
      return Optional.of('\t');
    }
    if (delimiter.length() != 1) {
      throw new InvalidFieldException("delimiter", delimiter, "must be one character, or tab");
    }
    return Optional.of(delimiter.charAt(0));
  }

  private LocalTimes times() {
    LocalTimes times = zone == null ? LocalTimes.absolute() : LocalTimes.in(zoneId(zone));
    return timeFormat == null ? times : times.with(timeFormat);
  }

  private static ZoneId zoneId(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new InvalidFieldException(
          "zone", name, "is no time zone; write it as Asia/Shanghai or +08:00");
    }
  }
}
