package io.zhiyin.engine.intake;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A table of items beside a file of events.
///
/// Beyond the usual headers it knows a column `attributes(brand|categories…)`, whose cells hold the
/// brand and then the levels of one category, parted by `|`.
final class ItemTable {
  private static final Pattern BRAND_AND_CATEGORIES =
      Pattern.compile("attributes\\s*\\(\\s*brand\\s*\\|\\s*categor.*");
  private static final Pattern ITEM_COLUMN = Pattern.compile("(.*_)?item_?id|item|id");

  private final TableOptions options;

  ItemTable(Clock clock) {
    this.options = TableOptions.plain(clock);
  }

  void read(Path path, ItemDrafts drafts, Importer.Sink sink) throws IOException {
    try (Table table =
        Table.open(path, options.encoding(), Optional.empty(), TableOptions.Header.NAMED)) {
      TableColumns columns = new TableColumns(table, options);
      List<String> header =
          table.header().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
      int item = place(header, ITEM_COLUMN);
      int packed = place(header, BRAND_AND_CATEGORIES);
      if (item < 0) {
        throw new UnusableFileException(
            path,
            "has no column item or itemId; its columns are: " + String.join(", ", table.header()),
            "没有 item 或 itemId 列；现有列：" + String.join(", ", table.header()));
      }
      for (Optional<CsvRecord> next = table.next(); next.isPresent(); next = table.next()) {
        sink.progress(path, table.bytesRead());
        CsvRecord cells = next.get();
        try {
          if (item >= cells.getFieldCount()) {
            throw new InvalidFieldException(header.get(item), "", "has no cell in this row");
          }
          ItemId id = new ItemId(cells.getField(item).strip());
          drafts.add(id, new TableRow(columns, cells, options.times()).item());
          if (packed >= 0 && packed < cells.getFieldCount()) {
            drafts.add(id, packed(cells.getField(packed)));
          }
        } catch (InvalidFieldException e) {
          sink.reject(Reject.of(path, cells.getStartingLineNumber(), e));
        }
      }
    }
  }

  private static int place(List<String> header, Pattern pattern) {
    for (int i = 0; i < header.size(); i++) {
      if (pattern.matcher(header.get(i)).matches()) {
        return i;
      }
    }
    return -1;
  }

  private static ItemFields packed(String cell) {
    String[] parts = cell.split("\\|", -1);
    String brand = parts[0].strip();
    String category =
        Arrays.stream(parts)
            .skip(1)
            .map(level -> level.strip().replace('>', '/'))
            .filter(level -> !level.isEmpty())
            .reduce((a, b) -> a + ItemFields.LEVEL + b)
            .orElse("");
    boolean known = !brand.isEmpty() && !brand.equalsIgnoreCase("unknown");
    return fields(
        null, category.isEmpty() ? null : List.of(category), known ? brand : null, null, null);
  }

  static ItemFields tags(List<String> tags) {
    return fields(null, null, null, tags, null);
  }

  /// A document of the few fields that published data sets have.
  static ItemFields fields(
      @Nullable String title,
      @Nullable List<String> categories,
      @Nullable String brand,
      @Nullable List<String> tags,
      java.time.@Nullable Instant published) {
    return new ItemFields(
        title,
        null,
        categories,
        brand,
        null,
        null,
        null,
        null,
        null,
        null,
        tags,
        null,
        published,
        null);
  }

  /// Category names of a data set that knows no levels.
  static @Nullable List<String> flat(Stream<String> names) {
    List<String> categories =
        names.map(name -> name.strip().replace('>', '/')).filter(name -> !name.isEmpty()).toList();
    return categories.isEmpty() ? null : categories;
  }
}
