package io.zhiyin.engine.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.zhiyin.engine.event.InvalidFieldException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One JSON object of a rule, read by name and type; a field that is `null` is not given.
record RuleFields(JsonNode object) {
  /// @throws InvalidFieldException when it is no object, or has other fields than these
  static RuleFields of(JsonNode node, String name, Set<String> known) {
    if (!node.isObject()) {
      throw new InvalidFieldException(name, node, "must be an object");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!known.contains(field.getKey())) {
        throw new InvalidFieldException(
            field.getKey(),
            field.getValue(),
            "is not a known field; known are " + String.join(", ", new TreeSet<>(known)));
      }
    }
    return new RuleFields(node);
  }

  @Nullable JsonNode get(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  String text(String name) {
    JsonNode value = get(name);
    if (value == null) {
      return "";
    }
    if (!value.isTextual()) {
      throw new InvalidFieldException(name, value, "must be a text in quotes");
    }
    return value.textValue();
  }

  List<String> texts(String name) {
    JsonNode value = get(name);
    List<String> texts = new ArrayList<>();
    if (value != null) {
      for (JsonNode entry : value) {
        texts.add(entry.isTextual() ? entry.textValue() : "");
      }
      if (!value.isArray() || texts.contains("")) {
        throw new InvalidFieldException(name, value, "must be an array of texts");
      }
    }
    return texts;
  }

  @Nullable Double number(String name) {
    JsonNode value = get(name);
    if (value != null && !value.isNumber()) {
      throw new InvalidFieldException(name, value, "must be a number");
    }
    return value == null ? null : value.doubleValue();
  }

  double required(String name) {
    Double value = number(name);
    if (value == null) {
      throw new InvalidFieldException(name, null, "is required");
    }
    return value;
  }

  @Nullable Integer whole(String name) {
    JsonNode value = get(name);
    if (value != null && !(value.isIntegralNumber() && value.canConvertToInt())) {
      throw new InvalidFieldException(name, value, "must be a whole number");
    }
    return value == null ? null : value.intValue();
  }

  int requiredWhole(String name) {
    Integer value = whole(name);
    if (value == null) {
      throw new InvalidFieldException(name, null, "is required");
    }
    return value;
  }

  boolean flag(String name, boolean otherwise) {
    JsonNode value = get(name);
    if (value != null && !value.isBoolean()) {
      throw new InvalidFieldException(name, value, "must be true or false");
    }
    return value == null ? otherwise : value.booleanValue();
  }

  @Nullable Instant time(String name) {
    String text = text(name);
    try {
      return text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeParseException _) {
      throw new InvalidFieldException(name, text, "must be a time as in 2026-11-24T08:00:00Z");
    }
  }
}
