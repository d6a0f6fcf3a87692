package io.zhiyin.engine.intake;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.ShopperEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the rows of tables into events and item drafts. Rows that follow each other and belong to
/// one order become one event.
final class TableReader {
  private final TableOptions options;
  private final ContentIds ids;
  private final ItemDrafts drafts;
  private final Importer.Sink sink;

  TableReader(TableOptions options, ContentIds ids, ItemDrafts drafts, Importer.Sink sink) {
    this.options = options;
    this.ids = ids;
    this.drafts = drafts;
    this.sink = sink;
  }

  /// One row is one event, and may say something of its item.
  void events(Table table, TableColumns columns) throws IOException {
    Order order = new Order();
    boolean describes = columns.hasItemFields();
    each(
        table,
        columns,
        row -> {
          EventRow event = EventRow.of(row, options);
          ItemFields item = describes ? row.item() : ItemFields.NONE;
          if (event.lines().isEmpty()) {
            order.next(event, row.line(), table);
            return;
          }
          ItemId id = event.lines().getFirst().itemId();
          order.next(event, row.line(), table);
          if (describes) {
            drafts.add(id, item);
            drafts.seen(id, event.header().eventTime());
          }
        });
    order.end(table);
  }

  /// One row is one item.
  void items(Table table, TableColumns columns) throws IOException {
    each(
        table,
        columns,
        row -> drafts.add(new ItemId(row.required(TableField.ITEM_ID)), row.item()));
  }

  /// One row is one user, with lists of items.
  void lists(Table table, TableColumns columns) throws IOException {
    UserLists lists = new UserLists(ids);
    each(
        table,
        columns,
        row -> {
          for (ShopperEvent event : lists.events(row)) {
            sink.event(event);
          }
        });
  }

  private void each(Table table, TableColumns columns, RowReader reader) throws IOException {
    for (Optional<CsvRecord> next = table.next(); next.isPresent(); next = table.next()) {
      sink.progress(table.path(), table.bytesRead());
      TableRow row = new TableRow(columns, next.get(), options.times());
      try {
        reader.read(row);
      } catch (InvalidFieldException e) {
        sink.reject(Reject.of(table.path(), row.line(), e));
      }
    }
  }

  @FunctionalInterface
  private interface RowReader {
    void read(TableRow row) throws IOException;
  }

  /// The order that is being read.
  private final class Order {
    private final List<ItemLine> lines = new ArrayList<>();
    private @Nullable EventRow first;
    private long line;

    void next(EventRow row, long at, Table table) throws IOException {
      if (first != null && first.joins(row) && lines.size() < ItemLine.MAX_LINES) {
        lines.addAll(row.lines());
        return;
      }
      end(table);
      first = row;
      line = at;
      lines.addAll(row.lines());
    }

    void end(Table table) throws IOException {
      EventRow done = first;
      if (done == null) {
        return;
      }
      first = null;
      try {
        sink.event(done.event(List.copyOf(lines), ids));
      } catch (InvalidFieldException e) {
        sink.reject(Reject.of(table.path(), line, e));
      } finally {
        lines.clear();
      }
    }
  }
}
