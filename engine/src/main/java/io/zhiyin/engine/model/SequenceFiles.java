package io.zhiyin.engine.model;

import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ItemId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the files of a sequence model say in names: kinds of event and items.
final class SequenceFiles {
  private SequenceFiles() {}

  /// The kinds of event that the model reads, in the order of their rows.
  static List<EventKind> kinds(ModelCard card) {
    Map<String, EventKind> byName = new HashMap<>();
    for (EventKind kind : EventKind.values()) {
      byName.put(kind.wireName(), kind);
    }
    return card.eventTypes().stream()
        .map(
            name ->
                Optional.ofNullable(byName.get(name))
                    .orElseThrow(
                        () ->
                            new ModelException(
                                "Model %s knows an event type '%s' that this version of Zhiyin does not. Update Zhiyin, or train a new model."
                                    .formatted(card.id(), name))))
        .toList();
  }

  /// The items that it was trained on, in the order of their rows.
  static List<ItemId> items(Path directory) throws IOException {
    return ItemNames.read(directory.resolve("items.txt"));
  }
}
