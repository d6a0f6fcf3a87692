package io.zhiyin.engine.intake;

import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Gathers what files say of items, so that each item is put once, with the last word on each
/// field, whatever the number of rows. Holds one document for each item, as the catalogue does.
final class ItemDrafts {
  private final Map<ItemId, Draft> drafts = new LinkedHashMap<>();
  private final Instant now;

  /// @param now when the items are new that no event names
  ItemDrafts(Instant now) {
    this.now = now;
  }

  /// These fields are known of the item; what else is known of it stays.
  void add(ItemId id, ItemFields fields) {
    Draft draft = drafts.computeIfAbsent(id, _ -> new Draft());
    draft.fields = draft.fields.overlaidBy(fields);
  }

  /// This is all that is known of the item; what was known before is forgotten.
  void replace(ItemId id, ItemFields fields) {
    Draft draft = drafts.computeIfAbsent(id, _ -> new Draft());
    draft.fields = fields;
    draft.whole = true;
  }

  /// Somebody did something with the item at that time, so it was there.
  void seen(ItemId id, Instant time) {
    Draft draft = drafts.get(id);
    if (draft != null && time.isBefore(draft.firstSeen)) {
      draft.firstSeen = time;
    }
  }

  /// Hands all items on, in the order in which they were first named.
  void writeTo(Importer.Sink sink) throws IOException {
    for (var entry : drafts.entrySet()) {
      sink.item(entry.getValue().event(entry.getKey(), now));
    }
  }

  private static final class Draft {
    private ItemFields fields = ItemFields.NONE;
    private Instant firstSeen = Instant.MAX;
    private boolean whole;

    CatalogEvent event(ItemId id, Instant now) {
      EventId change = new EventId("d-" + ContentIds.hash(ItemJson.write(id, fields).toString()));
      Instant time = firstSeen.equals(Instant.MAX) ? now : firstSeen;
      return whole
          ? new CatalogEvent.ItemPut(change, time, id, fields)
          : new CatalogEvent.ItemPatch(change, time, id, fields);
    }
  }
}
