package io.zhiyin.engine.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What the doors take, found out by asking them: each field is offered to the very reader that
/// events and items go through, and left away again. No list that could fall behind.
public final class DoorSchema {
  private static final String SAMPLES =
      """
      {"eventId":"e1","userId":"u1","visitorId":"v1",
       "sessionId":"s1","scenario":"home-feed","recommendationId":"r1",
       "items":[{"itemId":"i1","quantity":1,"price":19.9,"position":1}],"query":"tea",
       "category":"Tea > Green","value":4.5,"attributes":{"currency":"CNY"},
       "title":"Tea","description":"Green tea","categories":["Tea > Green"],"brand":"Cloud",
       "price":19.9,"currency":"CNY","stock":12,"available":true,"language":"en",
       "imageUrls":["https://shop.example/tea.png"],"tags":["green"],
       "publishTime":"2026-11-24T08:00:00Z","expireTime":"2027-11-24T08:00:00Z"}
      """;

  private final EventJson events;
  private final ObjectNode samples;

  /// One field.
  ///
  /// @param type of the JSON value: `string`, `number`, `boolean`, `array` or `object`
  /// @param required whether there is no event, or item, without it
  /// @param example a value that is taken
  public record Field(String name, String type, boolean required, JsonNode example) {}

  /// One kind of event.
  ///
  /// @param words other words that mean the same, as shops and other systems use them
  /// @param either of these fields at least one is required; empty when one alone is
  public record Kind(String name, List<String> words, List<Field> fields, List<String> either) {}

  /// @param clock of the doors
  public DoorSchema(Clock clock) {
    this.events = EventJson.arriving(clock);
    this.samples = (ObjectNode) ItemJson.tree(SAMPLES.getBytes(StandardCharsets.UTF_8));
    this.samples.put("eventTime", clock.instant().toString());
  }

  /// Every kind of event that a shopper can cause.
  public List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (EventKind kind : EventKind.values()) {
      if (EventTypes.isShopper(kind)) {
        kinds.add(kind(kind));
      }
    }
    return kinds;
  }

  private Kind kind(EventKind kind) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode().put("eventType", kind.wireName());
    List<String> names = new ArrayList<>();
    for (String name : EventJson.KNOWN.stream().sorted().toList()) {
      if (samples.has(name)) {
        whole.set(name, samples.get(name));
        names.add(name);
      }
    }
    // what does not belong to the kind is refused by name: leave it away until all is taken
    for (Optional<String> bad = refused(whole, events::read);
        bad.isPresent();
        bad = refused(whole, events::read)) {
      if (whole.remove(bad.get()) == null) {
        throw new IllegalStateException("no sample is good for " + bad.get());
      }
      names.remove(bad.get());
    }
    List<Field> fields = fields(whole, names, events::read);
    ObjectNode nobody = whole.deepCopy();
    nobody.remove(List.of("userId", "visitorId"));
    boolean anybody = fields.stream().noneMatch(f -> f.required() && f.name().equals("userId"));
    boolean either = anybody && refused(nobody, events::read).isPresent();
    return new Kind(
        kind.wireName(),
        EventTypes.wordsOf(kind),
        fields,
        either ? List.of("userId", "visitorId") : List.of());
  }

  /// The fields of one item of an event.
  public List<Field> lines() {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("eventType", "click");
    event.put("userId", "u1");
    ObjectNode line = (ObjectNode) samples.path("items").path(0).deepCopy();
    event.putArray("items").add(line);
    List<String> names = EventJson.LINE.stream().sorted().toList();
    return fields(
        line,
        names,
        asked -> {
          event.putArray("items").add(asked);
          events.read(event);
        });
  }

  /// The fields of an item's document.
  public List<Field> item() {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("itemId", "i1");
    List<String> names = new ArrayList<>();
    names.add("itemId");
    for (String name : ItemJson.FIELDS.stream().sorted().toList()) {
      document.set(name, samples.get(name));
      names.add(name);
    }
    return fields(
        document,
        names,
        asked -> {
          JsonFields fields = new JsonFields(asked, "", ItemJson.DOCUMENT);
          new ItemId(fields.required("itemId"));
          ItemJson.fields(fields);
        });
  }

  private static List<Field> fields(
      ObjectNode whole, List<String> names, Consumer<JsonNode> reader) {
    List<Field> fields = new ArrayList<>();
    for (String name : names) {
      JsonNode example = whole.path(name);
      ObjectNode without = whole.deepCopy();
      without.remove(name);
      boolean required = refused(without, reader).isPresent();
      fields.add(new Field(name, type(example), required, example));
    }
    return fields;
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "string";
      case NUMBER -> "number";
      case BOOLEAN -> "boolean";
      case ARRAY -> "array";
      case OBJECT -> "object";
      case BINARY, MISSING, NULL, POJO -> "null";
    };
  }

  /// The field for which the reader refuses the tree; nothing when it takes it.
  private static Optional<String> refused(JsonNode tree, Consumer<JsonNode> reader) {
    try {
      reader.accept(tree);
      return Optional.empty();
    } catch (InvalidFieldException e) {
      return Optional.of(e.field());
    }
  }
}
