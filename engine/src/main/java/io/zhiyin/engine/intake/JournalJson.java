package io.zhiyin.engine.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every event of a journal as one JSON object, changes of the catalogue included, so that a shop
/// can be written out and read in again. Reading gives the very events that were written.
public final class JournalJson {
  private static final Set<String> CHANGE = changeFields();
  private static final Set<String> ERASURE = Set.of("eventId", "eventType", "eventTime", "userId");

  private final EventJson shopperEvents;
  private final EventTypes types;

  /// @param shopperEvents reads what shoppers did
  JournalJson(EventJson shopperEvents, EventTypes types) {
    this.shopperEvents = shopperEvents;
    this.types = types;
  }

  Event read(JsonNode node) {
    String type = node.path("eventType").asText();
    EventKind kind = types.kindOf("eventType", type);
    return switch (kind) {
      case ITEM_PUT, ITEM_PATCH, ITEM_DELETE -> change(kind, new JsonFields(node, "", CHANGE));
      case USER_ERASE -> erasure(new JsonFields(node, "", ERASURE));
      case HOME_PAGE_VIEW,
          CATEGORY_PAGE_VIEW,
          DETAIL_PAGE_VIEW,
          SEARCH,
          ADD_TO_CART,
          REMOVE_FROM_CART,
          ADD_TO_FAVORITES,
          PURCHASE_COMPLETE,
          IMPRESSION,
          CLICK,
          RATING,
          LOGIN,
          REMOVE_FROM_FAVORITES,
          NOT_INTERESTED ->
          shopperEvents.read(node);
    };
  }

  private static CatalogEvent change(EventKind kind, JsonFields fields) {
    EventId id = new EventId(fields.required("eventId"));
    Instant time = time(fields);
    ItemId item = new ItemId(fields.required("itemId"));
    return switch (kind) {
      case ITEM_PUT -> new CatalogEvent.ItemPut(id, time, item, ItemJson.fields(fields));
      case ITEM_PATCH -> new CatalogEvent.ItemPatch(id, time, item, ItemJson.fields(fields));
      default -> new CatalogEvent.ItemDelete(id, time, item);
    };
  }

  private static UserErased erasure(JsonFields fields) {
    return new UserErased(
        new EventId(fields.required("eventId")),
        time(fields),
        new UserId(fields.required("userId")));
  }

  private static Instant time(JsonFields fields) {
    @Nullable Instant time = fields.time("eventTime");
    if (time == null) {
      throw new InvalidFieldException("eventTime", null, "is required");
    }
    return time;
  }

  /// The event as one object, as [JsonlImporter] reads it.
  public static ObjectNode write(Event event) {
    return switch (event) {
      case ShopperEvent shopper -> EventJson.write(shopper);
      case CatalogEvent.ItemPut put -> head(put).setAll(ItemJson.write(put.itemId(), put.fields()));
      case CatalogEvent.ItemPatch patch ->
          head(patch).setAll(ItemJson.write(patch.itemId(), patch.fields()));
      case CatalogEvent.ItemDelete delete -> head(delete).put("itemId", delete.itemId().value());
      case UserErased erased -> head(erased).put("userId", erased.userId().value());
    };
  }

  private static ObjectNode head(Event event) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("eventId", event.eventId().value())
        .put("eventType", event.kind().wireName())
        .put("eventTime", event.eventTime().toString());
  }

  private static Set<String> changeFields() {
    Set<String> fields = new HashSet<>(ItemJson.DOCUMENT);
    fields.addAll(Set.of("eventId", "eventType", "eventTime"));
    return Set.copyOf(fields);
  }
}
