package io.zhiyin.engine.intake;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One row, read by what its columns mean. An empty cell is a field that is not given.
final class TableRow {
  private final TableColumns columns;
  private final CsvRecord cells;
  private final LocalTimes times;

  TableRow(TableColumns columns, CsvRecord cells, LocalTimes times) {
    this.columns = columns;
    this.cells = cells;
    this.times = times;
  }

  long line() {
    return cells.getStartingLineNumber();
  }

  @Nullable String text(TableField field) {
    Integer place = columns.place(field);
    String cell = place == null ? columns.constant(field) : cell(place);
    return cell == null || cell.isEmpty() ? null : cell;
  }

  private @Nullable String cell(int place) {
    return place < cells.getFieldCount() ? cells.getField(place).strip() : null;
  }

  /// @throws InvalidFieldException when the cell is empty
  String required(TableField field) {
    String text = text(field);
    if (text == null) {
      throw new InvalidFieldException(columns.nameOf(field), "", "is empty");
    }
    return text;
  }

  @Nullable Double number(TableField field) {
    String text = text(field);
    if (text == null) {
      return null;
    }
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value) && Character.digit(text.charAt(text.length() - 1), 10) >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new InvalidFieldException(columns.nameOf(field), text, "must be a number such as 19.90");
  }

  @Nullable Integer integer(TableField field) {
    Double value = number(field);
    if (value == null) {
      return null;
    }
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw new InvalidFieldException(columns.nameOf(field), text(field), "must be a whole number");
    }
    return (int) (double) value;
  }

  @Nullable Instant time(TableField field) {
    String text = text(field);
    return text == null ? null : times.parse(columns.nameOf(field), text);
  }

  private @Nullable Boolean flag(TableField field) {
    String text = text(field);
    if (text == null) {
      return null;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "y", "1", "是" -> true;
      case "false", "no", "n", "0", "否" -> false;
      default ->
          throw new InvalidFieldException(columns.nameOf(field), text, "must be true or false");
    };
  }

  private @Nullable List<String> list(TableField field) {
    String text = text(field);
    return text == null ? null : CellList.phrases(text);
  }

  /// What the row says of its item.
  ItemFields item() {
    String category = text(TableField.CATEGORIES);
    Double listPrice = number(TableField.ITEM_PRICE);
    try {
      return new ItemFields(
          text(TableField.TITLE),
          text(TableField.DESCRIPTION),
          category == null ? null : categories(category),
          text(TableField.BRAND),
          listPrice == null ? number(TableField.PRICE) : listPrice,
          text(TableField.CURRENCY),
          integer(TableField.STOCK),
          flag(TableField.AVAILABLE),
          text(TableField.LANGUAGE),
          list(TableField.IMAGE_URLS),
          list(TableField.TAGS),
          attributes(),
          time(TableField.PUBLISH_TIME),
          time(TableField.EXPIRE_TIME));
    } catch (InvalidFieldException e) {
      throw named(e);
    }
  }

  private static List<String> categories(String cell) {
    List<String> paths = new ArrayList<>();
    for (String path : cell.split("[|;；]", -1)) {
      if (!path.isBlank()) {
        paths.add(ItemJson.category("categories", path));
      }
    }
    return paths;
  }

  private @Nullable Map<String, String> attributes() {
    Map<String, String> facts = new LinkedHashMap<>();
    columns
        .attributes()
        .forEach(
            (name, place) -> {
              String cell = cell(place);
              if (cell != null && !cell.isEmpty()) {
                facts.put(name, cell);
              }
            });
    return facts.isEmpty() ? null : facts;
  }

  /// The same refusal, with the header of the column in place of the field's name.
  InvalidFieldException named(InvalidFieldException e) {
    for (TableField field : TableField.values()) {
      if (field.wireName().equals(e.field()) && columns.place(field) != null) {
        return new InvalidFieldException(columns.nameOf(field), e.value(), e.reason());
      }
    }
    return e;
  }
}
