package io.zhiyin.engine.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.InvalidFieldException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads one JSON value after the other into trees, within limits.
///
/// A name that stands twice in one object makes that value invalid, not the text: the reader goes
/// on behind it, so that one bad line of an array does not take the others along.
final class JsonTree {
  static final int MAX_DEPTH = 16;
  static final int MAX_TEXT = 100_000;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_TEXT)
                  .maxNameLength(500)
                  .maxNumberLength(60)
                  .build())
          .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser parser;
  private @Nullable InvalidFieldException twice;

  private JsonTree(JsonParser parser) {
    this.parser = parser;
  }

  /// The value that starts at the parser's current token; afterwards the parser stands on its end.
  ///
  /// @throws InvalidFieldException when a name stands twice; the parser stands on the end all the
  ///   same
  /// @throws IOException when the text is not JSON or goes past the limits
  static JsonNode read(JsonParser parser) throws IOException {
    JsonTree tree = new JsonTree(parser);
    JsonNode node = tree.value("");
    if (tree.twice != null) {
      throw tree.twice;
    }
    return node;
  }

  /// Says in one clause what is wrong with a text that is not JSON.
  static InvalidFieldException notJson(JsonProcessingException e) {
    String reason =
        e instanceof StreamConstraintsException
            ? "goes past a limit: " + limit(e)
            : "is not JSON: " + e.getOriginalMessage().lines().findFirst().orElse("");
    var location = e.getLocation();
    String place =
        location == null
            ? null
            : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    return new InvalidFieldException("body", place, reason);
  }

  private static String limit(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    if (message.contains("nesting depth")) {
      return "more than " + MAX_DEPTH + " levels of nesting";
    }
    if (message.contains("String value length")) {
      return "a text of more than " + MAX_TEXT + " characters";
    }
    return message.lines().findFirst().orElse("");
  }

  private JsonNode value(String path) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(path);
      case START_ARRAY -> array(path);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no value at " + token);
    };
  }

  private JsonNode integer() throws IOException {
    return switch (parser.getNumberType()) {
      case INT, LONG -> NODES.numberNode(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getDoubleValue());
    };
  }

  private ObjectNode object(String path) throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      String inner = path.isEmpty() ? name : path + "." + name;
      JsonNode value = value(inner);
      if (object.has(name) && twice == null) {
        twice = new InvalidFieldException(inner, text(value), "is given twice");
      }
      object.set(name, value);
    }
    return object;
  }

  private ArrayNode array(String path) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(path + "[" + array.size() + "]"));
    }
    return array;
  }

  /// A value as a person would write it in a message.
  static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : node.toString();
  }
}
