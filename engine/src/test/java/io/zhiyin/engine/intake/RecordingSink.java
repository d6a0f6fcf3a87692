package io.zhiyin.engine.intake;

import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ShopperEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Keeps what an importer hands on.
final class RecordingSink implements Importer.Sink {
  final List<Event> events = new ArrayList<>();
  final Map<ItemId, CatalogEvent> items = new LinkedHashMap<>();
  final List<Reject> rejects = new ArrayList<>();
  final List<String> notes = new ArrayList<>();
  long records;

  static RecordingSink of(Importer importer, Path... paths) throws IOException {
    RecordingSink sink = new RecordingSink();
    importer.read(List.of(paths), sink);
    return sink;
  }

  @Override
  public void event(Event event) {
    events.add(event);
  }

  @Override
  public void item(CatalogEvent item) {
    items.put(item.itemId(), item);
  }

  @Override
  public void reject(Reject reject) {
    rejects.add(reject);
  }

  @Override
  public void progress(Path file, long bytes) {
    records++;
  }

  @Override
  public void note(String message) {
    notes.add(message);
  }

  ShopperEvent shopperEvent(int i) {
    return (ShopperEvent) events.get(i);
  }

  ItemFields fields(String item) {
    return switch (items.get(new ItemId(item))) {
      case CatalogEvent.ItemPut put -> put.fields();
      case CatalogEvent.ItemPatch patch -> patch.fields();
      default -> throw new AssertionError("no item " + item);
    };
  }

  long users() {
    return events.stream()
        .map(event -> ((ShopperEvent) event).header())
        .map(header -> header.user() == null ? header.visitor() : header.user())
        .distinct()
        .count();
  }

  String reasons() {
    return String.join(
        "; ",
        rejects.stream()
            .map(r -> r.line() + " " + r.field() + " " + r.reason() + " (" + r.value() + ")")
            .toList());
  }
}
