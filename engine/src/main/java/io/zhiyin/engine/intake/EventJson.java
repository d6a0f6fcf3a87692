package io.zhiyin.engine.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.RecommendationId;
import io.zhiyin.engine.event.SessionId;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Shopper events as JSON, in and out. Strict: what is not known, or does not belong to the kind of
/// event, is refused by name rather than lost.
///
/// An event without `eventId` gets one from its content, so that sending it again changes nothing.
/// Whoever sends two equal events that both count has to name them, or time them, apart.
public final class EventJson {
  static final Set<String> KNOWN =
      Set.of(
          "eventId",
          "eventType",
          "eventTime",
          "userId",
          "visitorId",
          "sessionId",
          "scenario",
          "recommendationId",
          "items",
          "query",
          "category",
          "value",
          "attributes");
  static final Set<String> LINE = Set.of("itemId", "quantity", "price", "position");
  private static final EventId UNNAMED = new EventId("unnamed");
  private static final int MAX_TEXT = 1_000;

  private final Clock clock;
  private final EventTypes types;
  private final ContentIds ids;
  private final boolean timed;

  private EventJson(Clock clock, EventTypes types, ContentIds ids, boolean timed) {
    this.clock = clock;
    this.types = types;
    this.ids = ids;
    this.timed = timed;
  }

  /// For events that come as they happen: one without `eventTime` happened now.
  public static EventJson arriving(Clock clock) {
    return new EventJson(clock, EventTypes.common(), ContentIds.single(), false);
  }

  /// For events of the past: one without `eventTime` is refused, and equal events without `eventId`
  /// are events of their own.
  public static EventJson recorded(Clock clock, EventTypes types, ContentIds ids) {
    return new EventJson(clock, types, ids, true);
  }

  /// The events of a request body; see [Batch#read].
  public Batch<ShopperEvent> readBatch(byte[] body) {
    return Batch.read(body, this::read);
  }

  /// @throws InvalidFieldException when the tree is not a valid event of a shopper
  public ShopperEvent read(JsonNode node) {
    JsonFields fields = new JsonFields(node, "", KNOWN);
    EventKind kind = types.kindOf("eventType", fields.required("eventType"));
    if (!EventTypes.isShopper(kind)) {
      throw new InvalidFieldException(
          "eventType", kind.wireName(), "is not an event of a shopper; use /v1/items or /v1/users");
    }
    String id = fields.text("eventId");
    Header header = header(fields, id == null ? UNNAMED : new EventId(id));
    ShopperEvent event = event(kind, header, fields);
    return id == null ? ids.named(event) : event;
  }

  private Header header(JsonFields fields, EventId id) {
    Instant time = fields.time("eventTime");
    Instant now = clock.instant();
    if (time == null && timed) {
      throw new InvalidFieldException("eventTime", null, "is required");
    }
    String user = fields.text("userId");
    String visitor = fields.text("visitorId");
    String session = fields.text("sessionId");
    String recommendation = fields.text("recommendationId");
    Map<String, String> attributes = fields.facts("attributes");
    return new Header(
        id,
        time == null ? now : Times.possible("eventTime", time, now),
        user == null ? null : new UserId(user),
        visitor == null ? null : new VisitorId(visitor),
        session == null ? null : new SessionId(session),
        limited("scenario", fields.text("scenario")),
        recommendation == null ? null : new RecommendationId(recommendation),
        attributes == null ? Map.of() : attributes);
  }

  private static ShopperEvent event(EventKind kind, Header header, JsonFields fields) {
    refuseForeign(kind, fields);
    List<ItemLine> items = fields.objects("items", ItemLine.MAX_LINES, LINE, EventJson::line);
    return switch (kind) {
      case CATEGORY_PAGE_VIEW -> {
        String category = ItemJson.category("category", fields.required("category"));
        yield new ShopperEvent.CategoryPageView(header, category);
      }
      case SEARCH -> {
        String query = limited("query", fields.required("query"));
        yield new ShopperEvent.Search(header, query == null ? "" : query, items);
      }
      case RATING -> {
        Double value = fields.number("value");
        if (value == null) {
          throw new InvalidFieldException("value", null, "is required in a rating event");
        }
        yield new ShopperEvent.Rating(header, items, value);
      }
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
          NOT_INTERESTED,
          ITEM_PUT,
          ITEM_PATCH,
          ITEM_DELETE,
          USER_ERASE ->
          plain(kind, header, items);
    };
  }

  /// An event that has nothing but its header and items.
  ///
  /// @throws IllegalArgumentException for a kind that has more, or is not a shopper's
  static ShopperEvent plain(EventKind kind, Header header, List<ItemLine> items) {
    return switch (kind) {
      case HOME_PAGE_VIEW -> new ShopperEvent.HomePageView(header);
      case DETAIL_PAGE_VIEW -> new ShopperEvent.DetailPageView(header, items);
      case ADD_TO_CART -> new ShopperEvent.AddToCart(header, items);
      case REMOVE_FROM_CART -> new ShopperEvent.RemoveFromCart(header, items);
      case ADD_TO_FAVORITES -> new ShopperEvent.AddToFavorites(header, items);
      case PURCHASE_COMPLETE -> new ShopperEvent.PurchaseComplete(header, items);
      case IMPRESSION -> new ShopperEvent.Impression(header, items);
      case CLICK -> new ShopperEvent.Click(header, items);
      case LOGIN -> new ShopperEvent.Login(header);
      case REMOVE_FROM_FAVORITES -> new ShopperEvent.RemoveFromFavorites(header, items);
      case NOT_INTERESTED -> new ShopperEvent.NotInterested(header, items);
      case CATEGORY_PAGE_VIEW, SEARCH, RATING, ITEM_PUT, ITEM_PATCH, ITEM_DELETE, USER_ERASE ->
          throw new IllegalArgumentException(kind + " is more than a header and items");
    };
  }

  private static void refuseForeign(EventKind kind, JsonFields fields) {
    boolean itemless =
        kind == EventKind.HOME_PAGE_VIEW
            || kind == EventKind.CATEGORY_PAGE_VIEW
            || kind == EventKind.LOGIN;
    refuse(itemless, "items", kind, fields);
    refuse(kind != EventKind.SEARCH, "query", kind, fields);
    refuse(kind != EventKind.CATEGORY_PAGE_VIEW, "category", kind, fields);
    refuse(kind != EventKind.RATING, "value", kind, fields);
  }

  private static void refuse(boolean foreign, String name, EventKind kind, JsonFields fields) {
    if (foreign && fields.has(name)) {
      throw new InvalidFieldException(
          name, null, "does not belong to an event of the kind " + kind.wireName());
    }
  }

  private static ItemLine line(JsonFields line) {
    Integer quantity = line.integer("quantity");
    return new ItemLine(
        new ItemId(line.required("itemId")),
        quantity == null ? 1 : quantity,
        line.number("price"),
        line.integer("position"));
  }

  private static @Nullable String limited(String field, @Nullable String text) {
    if (text != null && text.length() > MAX_TEXT) {
      throw new InvalidFieldException(field, text, "must have at most " + MAX_TEXT + " characters");
    }
    return text;
  }

  /// The event as the tree that [#read] takes.
  public static ObjectNode write(ShopperEvent event) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("eventId", event.eventId().value());
    content(event, node);
    return node;
  }

  /// Everything but the id, with the fields always in the same order.
  static void content(ShopperEvent event, ObjectNode node) {
    Header header = event.header();
    node.put("eventType", event.kind().wireName());
    node.put("eventTime", header.eventTime().toString());
    put(node, "userId", header.user());
    put(node, "visitorId", header.visitor());
    put(node, "sessionId", header.session());
    put(node, "scenario", header.scenario());
    put(node, "recommendationId", header.recommendation());
    if (!event.items().isEmpty()) {
      ArrayNode lines = node.putArray("items");
      event.items().forEach(line -> lines.add(line(line)));
    }
    switch (event) {
      case ShopperEvent.Search search -> node.put("query", search.query());
      case ShopperEvent.CategoryPageView view -> node.put("category", view.category());
      case ShopperEvent.Rating rating -> node.put("value", rating.value());
      case ShopperEvent.HomePageView _,
          ShopperEvent.DetailPageView _,
          ShopperEvent.AddToCart _,
          ShopperEvent.RemoveFromCart _,
          ShopperEvent.AddToFavorites _,
          ShopperEvent.RemoveFromFavorites _,
          ShopperEvent.NotInterested _,
          ShopperEvent.PurchaseComplete _,
          ShopperEvent.Impression _,
          ShopperEvent.Click _,
          ShopperEvent.Login _ -> {}
    }
    if (!header.attributes().isEmpty()) {
      ObjectNode attributes = node.putObject("attributes");
      new TreeMap<>(header.attributes()).forEach(attributes::put);
    }
  }

  private static ObjectNode line(ItemLine line) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("itemId", line.itemId().value());
    node.put("quantity", line.quantity());
    if (line.price() != null) {
      node.put("price", line.price());
    }
    if (line.position() != null) {
      node.put("position", line.position());
    }
    return node;
  }

  private static void put(ObjectNode node, String name, @Nullable Object value) {
    if (value != null) {
      node.put(name, value.toString());
    }
  }
}
