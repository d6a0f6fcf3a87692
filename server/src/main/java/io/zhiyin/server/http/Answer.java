package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a call answers, whole in memory; or, with a flow, what goes on being answered.
///
/// @param flow null for all but those that go on
public record Answer(
    int status, String contentType, byte[] body, Map<String, String> headers, @Nullable Flow flow) {
  public static final String JSON_TYPE = "application/json";
  public static final String PROBLEM_TYPE = "application/problem+json";

  public Answer {
    headers = Map.copyOf(headers);
  }

  Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    this(status, contentType, body, headers, null);
  }

  public static Answer json(int status, JsonNode node) {
    return new Answer(status, JSON_TYPE, Json.bytes(node), Map.of());
  }

  public static Answer ok(JsonNode node) {
    return json(200, node);
  }

  public static Answer noContent() {
    return new Answer(204, "", new byte[0], Map.of());
  }

  public static Answer text(String contentType, String text) {
    return new Answer(200, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  public static Answer problem(Problem problem) {
    ObjectNode node = Json.object();
    node.put("type", problem.kind().type());
    node.put("title", problem.kind().title());
    node.put("status", problem.kind().status());
    node.put("detail", problem.detail());
    node.set("errors", errors(problem.errors()));
    return new Answer(problem.kind().status(), PROBLEM_TYPE, Json.bytes(node), Map.of());
  }

  static ArrayNode errors(Iterable<Problem.FieldError> errors) {
    ArrayNode array = Json.array();
    for (Problem.FieldError error : errors) {
      ObjectNode entry = array.addObject();
      if (error.index() != null) {
        entry.put("index", error.index());
      }
      entry.put("field", error.field()).put("value", error.value()).put("reason", error.reason());
    }
    return array;
  }

  public Answer with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Answer(status, contentType, body, all, flow);
  }
}
