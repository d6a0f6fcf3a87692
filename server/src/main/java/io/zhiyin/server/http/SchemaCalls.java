package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.intake.DoorSchema;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/// `GET /v1/schema`: which events and items the doors take.
final class SchemaCalls {
  private final Clock clock;

  SchemaCalls(Clock clock) {
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/schema", Access.SERVER, Set.of(), _ -> read()));
  }

  private Answer read() {
    DoorSchema schema = new DoorSchema(clock);
    ObjectNode node = Json.object();
    ArrayNode kinds = node.putArray("events");
    for (DoorSchema.Kind kind : schema.kinds()) {
      ObjectNode each = kinds.addObject().put("eventType", kind.name());
      kind.words().forEach(each.putArray("words")::add);
      kind.either().forEach(each.putArray("either")::add);
      each.set("fields", write(kind.fields()));
    }
    node.set("eventItem", write(schema.lines()));
    node.set("item", write(schema.item()));
    return Answer.ok(node);
  }

  private static ArrayNode write(List<DoorSchema.Field> fields) {
    ArrayNode array = Json.array();
    for (DoorSchema.Field field : fields) {
      ObjectNode each = array.addObject().put("field", field.name()).put("type", field.type());
      each.put("required", field.required()).set("example", field.example());
    }
    return array;
  }
}
