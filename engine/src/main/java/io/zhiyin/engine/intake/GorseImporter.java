package io.zhiyin.engine.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The dumps of gorse: items and feedback, as CSV with its headers or as one JSON object a line.
/// Users without feedback say nothing that is kept.
public final class GorseImporter implements Importer {
  private static final EventId UNNAMED = new EventId("unnamed");

  /// As Go prints a time: `2023-05-01 10:00:00.5 +0000 UTC`.
  private static final Pattern GO_TIME =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\d) (\\S+) ([+-]\\d\\d)(\\d\\d)( \\w+)?");

  private static final int MAX_LINE = 1_000_000;

  private final Clock clock;
  private final EventTypes types;
  private final LocalTimes times;

  public GorseImporter(Clock clock, EventTypes types, LocalTimes times) {
    this.clock = clock;
    this.types = types;
    this.times = times;
  }

  @Override
  public void read(List<Path> paths, Sink sink) throws IOException {
    NamedFiles files = NamedFiles.in(paths);
    List<Path> feedback = files.all(name -> name.startsWith("feedback"));
    if (feedback.isEmpty()) {
      throw new UnusableFileException(
          paths.getFirst(),
          "has no feedback.csv or feedback.jsonl",
          "里没有 feedback.csv 或 feedback.jsonl");
    }
    ItemDrafts drafts = new ItemDrafts(clock.instant());
    for (Path path : files.all(name -> name.startsWith("items"))) {
      each(path, sink, record -> drafts.add(item(record), fields(record)));
    }
    ContentIds ids = ContentIds.counting();
    for (Path path : feedback) {
      each(
          path,
          sink,
          record -> {
            ShopperEvent event = ids.named(feedback(record));
            sink.event(event);
            drafts.seen(event.items().getFirst().itemId(), event.eventTime());
          });
    }
    drafts.writeTo(sink);
  }

  /// One record of a dump: the plain name of each field to its text.
  private record GorseRecord(Map<String, String> fields) {
    @Nullable String text(String... names) {
      return Stream.of(names)
          .map(fields::get)
          .filter(text -> text != null && !text.isEmpty())
          .findFirst()
          .orElse(null);
    }

    String required(String name) {
      String text = text(name);
      if (text == null) {
        throw new InvalidFieldException(name, null, "is required");
      }
      return text;
    }
  }

  @FunctionalInterface
  private interface RecordReader {
    void read(GorseRecord record) throws IOException;
  }

  private static void each(Path path, Sink sink, RecordReader reader) throws IOException {
    if (NamedFiles.nameOf(path).contains(".json")) {
      Lines.read(path, Encoding.detected(), sink, (line, _) -> reader.read(json(line)));
      return;
    }
    try (Table table =
        Table.open(path, Encoding.detected(), Optional.empty(), TableOptions.Header.NAMED)) {
      List<String> header = table.header().stream().map(Names::plain).toList();
      for (Optional<CsvRecord> next = table.next(); next.isPresent(); next = table.next()) {
        sink.progress(path, table.bytesRead());
        try {
          reader.read(row(header, next.get()));
        } catch (InvalidFieldException e) {
          sink.reject(Reject.of(path, next.get().getStartingLineNumber(), e));
        }
      }
    }
  }

  private static GorseRecord row(List<String> header, CsvRecord cells) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < Math.min(header.size(), cells.getFieldCount()); i++) {
      fields.put(header.get(i), cells.getField(i).strip());
    }
    return new GorseRecord(fields);
  }

  private static GorseRecord json(String line) throws IOException {
    JsonNode node = tree(line, "line");
    Map<String, String> fields = new HashMap<>();
    node.properties()
        .forEach(
            field ->
                fields.put(
                    Names.plain(field.getKey()),
                    field.getValue().isNull() ? "" : JsonTree.text(field.getValue())));
    return new GorseRecord(fields);
  }

  private static JsonNode tree(String text, String field) throws IOException {
    if (text.length() > MAX_LINE) {
      throw new InvalidFieldException(field, text, "is longer than a million characters");
    }
    try (JsonParser parser = JsonTree.FACTORY.createParser(text)) {
      parser.nextToken();
      return JsonTree.read(parser);
    } catch (JsonProcessingException e) {
      throw new InvalidFieldException(field, text, JsonTree.notJson(e).reason());
    }
  }

  private ShopperEvent feedback(GorseRecord record) {
    String type = record.required("feedbacktype");
    EventKind kind = types.kindOf("feedbackType", type);
    Instant time = time(record);
    if (time == null) {
      throw new InvalidFieldException("timestamp", record.text("timestamp"), "is required");
    }
    Instant at = Times.possible("timestamp", time, clock.instant());
    Header header = Header.of(UNNAMED, at, new UserId(record.required("userid")));
    List<ItemLine> lines = List.of(new ItemLine(item(record), 1, null, null));
    if (kind == EventKind.RATING) {
      return new ShopperEvent.Rating(
          header, lines, Lines.number("value", record.required("value")));
    }
    if (!kind.isEngagement() && kind != EventKind.IMPRESSION) {
      throw new InvalidFieldException("feedbackType", type, "is no feedback on an item");
    }
    return EventJson.plain(kind, header, lines);
  }

  /// The record's time, or null where there is none: gorse writes the year 1 for that.
  private @Nullable Instant time(GorseRecord record) {
    String text = record.text("timestamp");
    if (text == null || text.startsWith("0001-01-01")) {
      return null;
    }
    Matcher go = GO_TIME.matcher(text);
    return times.parse("timestamp", go.matches() ? go.replaceFirst("$1T$2$3:$4") : text);
  }

  private static ItemId item(GorseRecord record) {
    return new ItemId(record.required("itemid"));
  }

  private ItemFields fields(GorseRecord record) throws IOException {
    String hidden = record.text("ishidden");
    Instant published = time(record);
    ItemFields known =
        ItemTable.fields(
            record.text("comment", "description"),
            list(record.text("categories"), ItemTable::flat),
            null,
            list(record.text("labels"), Stream::toList),
            published);
    return new ItemFields(
        known.title(),
        null,
        known.categories(),
        null,
        null,
        null,
        null,
        hidden == null ? null : !hidden.equalsIgnoreCase("true") && !hidden.equals("1"),
        null,
        null,
        known.tags(),
        null,
        published,
        null);
  }

  private static @Nullable List<String> list(
      @Nullable String text, Function<Stream<String>, @Nullable List<String>> collected)
      throws IOException {
    if (text == null) {
      return null;
    }
    if (!text.startsWith("[") && !text.startsWith("{")) {
      return collected.apply(Stream.of(text.split("[|;]", -1)).filter(word -> !word.isBlank()));
    }
    List<String> words = new ArrayList<>();
    leaves(tree(text, "list"), words);
    return collected.apply(words.stream());
  }

  private static void leaves(JsonNode node, List<String> words) {
    if (node.isContainerNode()) {
      node.forEach(inner -> leaves(inner, words));
    } else if (node.isTextual()) {
      words.add(node.textValue());
    }
  }
}
