package io.zhiyin.engine.intake;

import io.zhiyin.engine.event.InvalidFieldException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which column of one table means what.
final class TableColumns {
  private static final String ATTRIBUTE = "attributes.";

  private final List<String> header;
  private final Map<TableField, Integer> places = new EnumMap<>(TableField.class);
  private final Map<String, Integer> attributes = new LinkedHashMap<>();
  private final Map<TableField, String> constants = new EnumMap<>(TableField.class);

  /// Takes the mapped columns that the table has, and finds the others by their usual headers.
  TableColumns(Table table, TableOptions options) {
    this.header = table.header();
    options.constants().forEach((name, value) -> constants.put(TableField.named(name), value));
    options.columns().forEach(this::map);
    if (options.header() == TableOptions.Header.NAMED) {
      for (TableField field : TableField.values()) {
        if (!places.containsKey(field) && !constants.containsKey(field)) {
          find(field, options.columns());
        }
      }
    }
  }

  private void map(String field, String column) {
    int place = placeOf(column);
    if (field.startsWith(ATTRIBUTE)) {
      if (place >= 0) {
        attributes.put(field.substring(ATTRIBUTE.length()), place);
      }
      return;
    }
    TableField known = TableField.named(field);
    if (place >= 0) {
      places.put(known, place);
    }
  }

  private int placeOf(String column) {
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i).equals(column)) {
        return i;
      }
    }
    for (int i = 0; i < header.size(); i++) {
      if (Names.plain(header.get(i)).equals(Names.plain(column))
          && !Names.plain(column).isEmpty()) {
        return i;
      }
    }
    return -1;
  }

  private void find(TableField field, Map<String, String> mapped) {
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i);
      if (field.isHeader(name) && !places.containsValue(i) && !mapped.containsValue(name)) {
        places.put(field, i);
        return;
      }
    }
  }

  boolean has(TableField field) {
    return places.containsKey(field) || constants.containsKey(field);
  }

  boolean hasItemFields() {
    return !attributes.isEmpty() || places.keySet().stream().anyMatch(TableField::isOfItem);
  }

  boolean hasLists() {
    return places.keySet().stream().anyMatch(field -> field.listed().isPresent());
  }

  /// The column's number from 0, or null when no column means the field.
  @Nullable Integer place(TableField field) {
    return places.get(field);
  }

  @Nullable String constant(TableField field) {
    return constants.get(field);
  }

  Map<String, Integer> attributes() {
    return attributes;
  }

  /// The header of the field's column, for messages; the field's own name when it has none.
  String nameOf(TableField field) {
    Integer place = places.get(field);
    return place == null ? field.wireName() : header.get(place);
  }

  /// Which columns were taken for what, and which were left.
  String describe() {
    String taken =
        places.entrySet().stream()
            .map(entry -> entry.getKey().wireName() + " = " + header.get(entry.getValue()))
            .collect(Collectors.joining(", "));
    TreeSet<Integer> left = new TreeSet<>();
    for (int i = 0; i < header.size(); i++) {
      if (!places.containsValue(i) && !attributes.containsValue(i)) {
        left.add(i);
      }
    }
    String unused = left.stream().map(header::get).collect(Collectors.joining(", "));
    return taken + (unused.isEmpty() ? "" : "; not used: " + unused);
  }

  /// @throws InvalidFieldException when `--map` names a column that none of the tables has
  static void requireMapped(TableOptions options, List<TableColumns> tables) {
    options
        .columns()
        .forEach(
            (field, column) -> {
              if (tables.stream().allMatch(table -> table.placeOf(column) < 0)) {
                throw new InvalidFieldException(
                    "map",
                    field + "=" + column,
                    "names a column that no file has"
                        + tables.stream()
                            .flatMap(table -> Names.nearest(column, table.header).stream())
                            .findFirst()
                            .map(near -> "; did you mean " + near + "?")
                            .orElse(
                                "; columns are " + String.join(", ", tables.getFirst().header)));
              }
            });
  }
}
