package io.zhiyin.engine.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.InvalidFieldException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One JSON object, read by name and type. Every refusal names the path of the field.
///
/// A field that is absent and one that is `null` are the same: not given.
final class JsonFields {
  private final ObjectNode object;
  private final String path;

  /// @param path where the object stands, empty for the outermost, else ending in `.`
  /// @throws InvalidFieldException when the object has a field that is not among `known`
  JsonFields(JsonNode node, String path, Set<String> known) {
    if (!(node instanceof ObjectNode fields)) {
      String name = path.isEmpty() ? "body" : path.substring(0, path.length() - 1);
      throw new InvalidFieldException(name, node, "must be an object");
    }
    this.object = fields;
    this.path = path;
    fields
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw unknown(name, known);
              }
            });
  }

  private InvalidFieldException unknown(String name, Set<String> known) {
    String hint = Names.nearest(name, known).map(near -> "; did you mean " + near + "?").orElse("");
    return new InvalidFieldException(
        path + name, JsonTree.text(object.get(name)), "is not a known field" + hint);
  }

  boolean has(String name) {
    return get(name) != null;
  }

  @Nullable String text(String name) {
    JsonNode value = get(name);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      throw wrong(name, value, "must be a text in quotes");
    }
    return value.textValue();
  }

  /// @throws InvalidFieldException when the field is not given
  String required(String name) {
    String text = text(name);
    if (text == null) {
      throw new InvalidFieldException(path + name, null, "is required");
    }
    return text;
  }

  @Nullable Double number(String name) {
    JsonNode value = get(name);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      throw wrong(name, value, "must be a number");
    }
    if (!Double.isFinite(value.doubleValue())) {
      throw wrong(name, value, "must be a finite number");
    }
    return value.doubleValue();
  }

  @Nullable Integer integer(String name) {
    Double value = number(name);
    if (value == null) {
      return null;
    }
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw new InvalidFieldException(path + name, object.get(name), "must be a whole number");
    }
    return (int) (double) value;
  }

  @Nullable Boolean flag(String name) {
    JsonNode value = get(name);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      throw wrong(name, value, "must be true or false");
    }
    return value.booleanValue();
  }

  @Nullable Instant time(String name) {
    JsonNode value = get(name);
    if (value == null) {
      return null;
    }
    if (!value.isTextual() && !value.isNumber()) {
      throw wrong(name, value, Times.EXPECTED);
    }
    return value.isTextual()
        ? Times.parse(path + name, value.textValue())
        : Times.ofEpoch(path + name, value.doubleValue());
  }

  @Nullable List<String> texts(String name, int most) {
    JsonNode value = get(name);
    if (value == null) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode entry : list(name, value, most)) {
      if (!entry.isTextual()) {
        throw wrong(name + "[" + texts.size() + "]", entry, "must be a text in quotes");
      }
      texts.add(entry.textValue());
    }
    return texts;
  }

  /// The objects of an array, each read by `reader`; empty when the field is not given.
  <T> List<T> objects(String name, int most, Set<String> known, Function<JsonFields, T> reader) {
    JsonNode value = get(name);
    if (value == null) {
      return List.of();
    }
    List<T> read = new ArrayList<>();
    for (JsonNode entry : list(name, value, most)) {
      String place = path + name + "[" + read.size() + "].";
      JsonFields inner = new JsonFields(entry, place, known);
      read.add(inner.within(() -> reader.apply(inner)));
    }
    return read;
  }

  /// A map of names to texts; numbers, `true` and `false` count as the text that they are.
  @Nullable Map<String, String> facts(String name) {
    JsonNode value = get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof ObjectNode facts)) {
      throw wrong(name, value, "must be an object of names and texts");
    }
    Map<String, String> read = new LinkedHashMap<>();
    facts
        .properties()
        .forEach(
            fact -> {
              JsonNode text = fact.getValue();
              if (!text.isValueNode() || text.isNull()) {
                throw wrong(name + "." + fact.getKey(), text, "must be a text");
              }
              read.put(fact.getKey(), text.asText());
            });
    return read;
  }

  /// Runs a constructor that checks; what it refuses gets this object's path before its field.
  <T> T within(java.util.function.Supplier<T> checked) {
    try {
      return checked.get();
    } catch (InvalidFieldException e) {
      if (path.isEmpty() || e.field().startsWith(path)) {
        throw e;
      }
      throw new InvalidFieldException(path + e.field(), e.value(), e.reason());
    }
  }

  private JsonNode list(String name, JsonNode value, int most) {
    if (!value.isArray()) {
      throw wrong(name, value, "must be an array");
    }
    if (value.size() > most) {
      throw new InvalidFieldException(
          path + name, value.size(), "may have at most " + most + " entries");
    }
    return value;
  }

  private InvalidFieldException wrong(String name, JsonNode value, String reason) {
    return new InvalidFieldException(path + name, JsonTree.text(value), reason);
  }

  private @Nullable JsonNode get(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }
}
