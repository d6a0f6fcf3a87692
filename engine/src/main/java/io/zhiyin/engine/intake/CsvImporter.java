package io.zhiyin.engine.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Tables of any origin: rows of events (which may describe their items too), rows of items, and
/// rows of users with lists of items. Which of the three a file is, its columns tell.
public final class CsvImporter implements Importer {
  private final TableOptions options;

  public CsvImporter(TableOptions options) {
    this.options = options;
  }

  @Override
  public void read(List<Path> paths, Sink sink) throws IOException {
    checkHeaders(paths, sink);
    ItemDrafts drafts = new ItemDrafts(options.clock().instant());
    TableReader reader = new TableReader(options, ContentIds.counting(), drafts, sink);
    for (Path path : paths) {
      try (Table table = open(path)) {
        TableColumns columns = new TableColumns(table, options);
        switch (Shape.of(table, columns)) {
          case EVENTS -> reader.events(table, columns);
          case ITEMS -> reader.items(table, columns);
          case LISTS -> reader.lists(table, columns);
        }
      }
    }
    drafts.writeTo(sink);
  }

  /// A wrong header in the last file is found before the first file is read.
  private void checkHeaders(List<Path> paths, Sink sink) throws IOException {
    List<TableColumns> all = new ArrayList<>();
    for (Path path : paths) {
      try (Table table = open(path)) {
        TableColumns columns = new TableColumns(table, options);
        all.add(columns);
      }
    }
    TableColumns.requireMapped(options, all);
    for (int i = 0; i < all.size(); i++) {
      try (Table table = open(paths.get(i))) {
        Shape shape = Shape.of(table, all.get(i));
        sink.note(paths.get(i).getFileName() + ": " + shape.words + "; " + all.get(i).describe());
      }
    }
  }

  private Table open(Path path) throws IOException {
    return Table.open(path, options.encoding(), options.delimiter(), options.header());
  }

  private enum Shape {
    EVENTS("a row is an event / 每行一个事件"),
    ITEMS("a row is an item / 每行一件商品"),
    LISTS("a row is a user with lists of items / 每行一个用户");

    private final String words;

    Shape(String words) {
      this.words = words;
    }

    static Shape of(Table table, TableColumns columns) throws UnusableFileException {
      boolean shopper =
          columns.has(TableField.USER_ID)
              || columns.has(TableField.VISITOR_ID)
              || columns.has(TableField.SESSION_ID);
      if (columns.has(TableField.USER_ID)
          && columns.hasLists()
          && !columns.has(TableField.ITEM_ID)) {
        return LISTS;
      }
      boolean item = columns.has(TableField.ITEM_ID);
      if (item && !shopper) {
        return ITEMS;
      }
      if (!item) {
        throw missing(table, "itemId=COLUMN", shopper ? "userId" : "userId, itemId");
      }
      if (!columns.has(TableField.EVENT_TIME)) {
        throw missing(table, "eventTime=COLUMN", "eventTime");
      }
      if (!columns.has(TableField.EVENT_TYPE) && !columns.has(TableField.VALUE)) {
        throw new UnusableFileException(
            table.path(),
            "does not say what happened; name the column with --map eventType=COLUMN, or say it"
                + " for all rows with --set eventType=purchase",
            "没有说明发生了什么：请用 --map eventType=列名 指定列，或用 --set eventType=purchase 统一指定");
      }
      return EVENTS;
    }

    private static UnusableFileException missing(Table table, String map, String fields) {
      String columns = String.join(", ", table.header());
      return new UnusableFileException(
          table.path(),
          "has no column that could be "
              + fields
              + "; its columns are: "
              + columns
              + "; say which one it is with --map "
              + map,
          "找不到字段 " + fields + " 对应的列；现有列：" + columns + "；请用 --map " + map + " 指定");
    }
  }
}
