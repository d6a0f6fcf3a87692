package io.zhiyin.engine.intake;

import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rows of one user each, with lists of what was browsed, favoured, put in the cart and bought.
///
/// Such rows have no times. What was browsed counts as first, then the favourites, the cart and
/// what was bought, each list in its own order, a day from step to step.
final class UserLists {
  private static final List<TableField> ORDER =
      List.of(TableField.BROWSE, TableField.FAVORITE, TableField.CART, TableField.PURCHASE);
  private static final EventId UNNAMED = new EventId("unnamed");

  private final ContentIds ids;

  UserLists(ContentIds ids) {
    this.ids = ids;
  }

  /// All that the row says, or nothing of it when one entry is wrong.
  List<ShopperEvent> events(TableRow row) {
    UserId user = new UserId(row.required(TableField.USER_ID));
    List<ShopperEvent> events = new ArrayList<>();
    for (TableField field : ORDER) {
      String cell = row.text(field);
      Optional<EventKind> kind = field.listed();
      if (cell == null || kind.isEmpty()) {
        continue;
      }
      for (String item : CellList.parse(cell)) {
        Header header = Header.of(UNNAMED, SyntheticTimes.at(events.size()), user);
        events.add(EventJson.plain(kind.get(), header, List.of(ItemLine.of(item))));
      }
    }
    return events.stream().map(ids::named).toList();
  }
}
