package io.zhiyin.server.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// The part of JSON Schema that our OpenAPI document uses, checked against a real answer.
final class SchemaCheck {
  private SchemaCheck() {}

  static void check(JsonNode document, JsonNode schema, JsonNode value, String where) {
    if (schema.has("$ref")) {
      check(document, document.at(schema.path("$ref").asText().substring(1)), value, where);
      return;
    }
    String type = schema.path("type").asText("any");
    assertTrue(is(type, value), where + " is not " + type + ": " + value);
    if (schema.has("enum")) {
      boolean found = false;
      for (JsonNode allowed : schema.path("enum")) {
        found |= allowed.equals(value);
      }
      assertTrue(found, where + " is none of the allowed: " + value);
    }
    for (JsonNode required : schema.path("required")) {
      assertTrue(value.has(required.asText()), where + " lacks " + required.asText());
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      JsonNode known = schema.path("properties").path(field.getKey());
      JsonNode other = schema.path("additionalProperties");
      if (!known.isMissingNode()) {
        check(document, known, field.getValue(), where + "." + field.getKey());
      } else if (other.isObject()) {
        check(document, other, field.getValue(), where + "." + field.getKey());
      } else {
        boolean closed = other.isBoolean() && !other.asBoolean();
        assertTrue(!closed, where + " has an undocumented field " + field.getKey());
        assertTrue(
            !schema.has("properties"), where + " has an undocumented field " + field.getKey());
      }
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      check(document, schema.path("items"), value.get(i), where + "[" + i + "]");
    }
  }

  private static boolean is(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> true;
    };
  }
}
