package io.zhiyin.engine.intake;

import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.SessionId;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One row of a table, understood as an event; rows of one basket can be joined.
///
/// @param id as the table gives it, or null
/// @param basket the order that the row belongs to, or null
/// @param query what was searched, or null
/// @param value the rating, or null
record EventRow(
    EventKind kind,
    @Nullable EventId id,
    Header header,
    List<ItemLine> lines,
    @Nullable String basket,
    @Nullable String query,
    @Nullable Double value) {
  private static final EventId UNNAMED = new EventId("unnamed");

  /// @throws InvalidFieldException when the row is no valid event; the field is the column's header
  static EventRow of(TableRow row, TableOptions options) {
    try {
      return checked(row, options);
    } catch (InvalidFieldException e) {
      throw row.named(e);
    }
  }

  private static EventRow checked(TableRow row, TableOptions options) {
    Double value = row.number(TableField.VALUE);
    Integer quantity = row.integer(TableField.QUANTITY);
    EventKind kind = kind(row, options, value);
    if (quantity != null && quantity < 0) {
      if (options.returns() == TableOptions.Returns.REJECT) {
        throw new InvalidFieldException("quantity", quantity, "is below zero: a return");
      }
      kind = EventKind.REMOVE_FROM_CART;
      quantity = -quantity;
    }
    String item = row.text(TableField.ITEM_ID);
    List<ItemLine> lines =
        item == null
            ? List.of()
            : List.of(
                new ItemLine(
                    new ItemId(item),
                    quantity == null ? 1 : quantity,
                    row.number(TableField.PRICE),
                    null));
    String id = row.text(TableField.EVENT_ID);
    if (lines.isEmpty() && kind != EventKind.SEARCH && kind != EventKind.HOME_PAGE_VIEW) {
      row.required(TableField.ITEM_ID);
    }
    return new EventRow(
        kind,
        id == null ? null : new EventId(id),
        header(row, options),
        lines,
        row.text(TableField.BASKET),
        kind == EventKind.SEARCH ? row.required(TableField.QUERY) : null,
        value);
  }

  private static EventKind kind(TableRow row, TableOptions options, @Nullable Double value) {
    String type = row.text(TableField.EVENT_TYPE);
    if (type == null && value != null) {
      return EventKind.RATING;
    }
    return options.types().kindOf("eventType", row.required(TableField.EVENT_TYPE));
  }

  private static Header header(TableRow row, TableOptions options) {
    String user = row.text(TableField.USER_ID);
    String session = row.text(TableField.SESSION_ID);
    String visitor = row.text(TableField.VISITOR_ID);
    if (user == null && visitor == null) {
      visitor = session;
    }
    if (user == null && visitor == null) {
      row.required(TableField.USER_ID);
    }
    row.required(TableField.EVENT_TIME);
    Instant time = java.util.Objects.requireNonNull(row.time(TableField.EVENT_TIME));
    return new Header(
        UNNAMED,
        Times.possible("eventTime", time, options.clock().instant()),
        user == null ? null : new UserId(user),
        visitor == null ? null : new VisitorId(visitor),
        session == null ? null : new SessionId(session),
        row.text(TableField.SCENARIO),
        null,
        Map.of());
  }

  /// Whether the other row is more of the same order.
  boolean joins(EventRow other) {
    return basket != null
        && basket.equals(other.basket)
        && kind == other.kind
        && java.util.Objects.equals(header.user(), other.header.user())
        && java.util.Objects.equals(header.visitor(), other.header.visitor());
  }

  /// The event with these lines, under its own id or one from its content.
  ShopperEvent event(List<ItemLine> all, ContentIds ids) {
    ShopperEvent event =
        switch (kind) {
          case SEARCH -> new ShopperEvent.Search(header, query == null ? "" : query, all);
          case RATING -> rating(all);
          case CATEGORY_PAGE_VIEW, ITEM_PUT, ITEM_PATCH, ITEM_DELETE, USER_ERASE ->
              throw new InvalidFieldException(
                  "eventType", kind.wireName(), "cannot come from a row of a table");
          case HOME_PAGE_VIEW,
              DETAIL_PAGE_VIEW,
              ADD_TO_CART,
              REMOVE_FROM_CART,
              ADD_TO_FAVORITES,
              PURCHASE_COMPLETE,
              IMPRESSION,
              CLICK,
              LOGIN,
              REMOVE_FROM_FAVORITES,
              NOT_INTERESTED ->
              EventJson.plain(kind, header, all);
        };
    return id == null ? ids.named(event) : ContentIds.withId(event, id);
  }

  private ShopperEvent rating(List<ItemLine> all) {
    if (value == null) {
      throw new InvalidFieldException("value", null, "is required in a rating");
    }
    return new ShopperEvent.Rating(header, all, value);
  }
}
