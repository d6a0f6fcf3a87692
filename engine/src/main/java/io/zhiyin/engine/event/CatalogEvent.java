package io.zhiyin.engine.event;

import java.time.Instant;

/// A change of what can be recommended. The catalogue is a fold over these, in journal order.
public sealed interface CatalogEvent extends Event {
  ItemId itemId();

  /// The whole item: fields that are not given are cleared.
  record ItemPut(EventId eventId, Instant eventTime, ItemId itemId, ItemFields fields)
      implements CatalogEvent {
    @Override
    public EventKind kind() {
      return EventKind.ITEM_PUT;
    }
  }

  /// Some fields of the item: the others stay as they are.
  record ItemPatch(EventId eventId, Instant eventTime, ItemId itemId, ItemFields fields)
      implements CatalogEvent {
    @Override
    public EventKind kind() {
      return EventKind.ITEM_PATCH;
    }
  }

  /// The item is gone, for good or until it is put again.
  record ItemDelete(EventId eventId, Instant eventTime, ItemId itemId) implements CatalogEvent {
    @Override
    public EventKind kind() {
      return EventKind.ITEM_DELETE;
    }
  }
}
