package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.intake.Reject;
import io.zhiyin.server.shop.FileImport;
import io.zhiyin.server.shop.ImportPlan;
import io.zhiyin.server.shop.ImportRun;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Files into a running shop: announced, sent in pieces, then read and applied while requests go
/// on.
final class ImportCalls {
  private static final String ONE = "/v1/imports/{importId}";
  private static final Set<String> FIELDS =
      Set.of(
          "fileName",
          "bytes",
          "format",
          "map",
          "set",
          "encoding",
          "zone",
          "timeFormat",
          "eventType",
          "checkOnly");

  private final ShopHub shops;

  ImportCalls(ShopHub shops) {
    this.shops = shops;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/imports", Access.ADMIN, Set.of(), this::list),
        Route.post("/v1/imports", Access.ADMIN, BodyType.JSON, this::begin),
        Route.post(ONE + ":cancel", Access.ADMIN, BodyType.NONE, this::cancel),
        Route.get(ONE, Access.ADMIN, Set.of(), call -> Answer.ok(whole(file(call)))),
        Route.put(ONE + "/content", Access.ADMIN, BodyType.BYTES, this::receive)
            .with(Set.of("at"))
            .as(Load.WRITES));
  }

  private Answer list(Call call) throws IOException {
    ObjectNode node = Json.object();
    ArrayNode imports = node.putArray("imports");
    shops.imports().of(call.authenticated().shop()).forEach(file -> imports.add(write(file)));
    return Answer.ok(node);
  }

  private Answer begin(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    ImportPlan plan = plan(call.json());
    FileImport begun;
    try {
      begun = shops.imports().begin(shop, plan);
    } catch (IllegalStateException e) {
      throw conflict(e);
    }
    shop.audit()
        .write(
            call.authenticated().name(),
            "import-begun",
            Map.of("file", plan.fileName(), "format", plan.format()));
    return Answer.json(201, whole(begun));
  }

  private Answer receive(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    FileImport file = file(call);
    String at = call.parameter("at").orElse("");
    if (!at.matches("[0-9]{1,18}")) {
      throw ProblemException.invalid(
          new InvalidFieldException("at", at, "must say where in the file the bytes belong"));
    }
    try {
      String who = call.authenticated().name();
      shops.imports().receive(shop, file, who, Long.parseLong(at), call.body());
    } catch (IllegalStateException e) {
      throw conflict(e);
    }
    return Answer.ok(write(file));
  }

  private Answer cancel(Call call) throws IOException {
    FileImport file = file(call);
    shops.imports().cancel(file);
    return Answer.ok(write(file));
  }

  private FileImport file(Call call) {
    String id = call.path("importId");
    return shops
        .imports()
        .find(call.authenticated().shop(), id)
        .orElseThrow(() -> ProblemException.notFound("import", id));
  }

  private static ProblemException conflict(IllegalStateException e) {
    return new ProblemException(Problem.Kind.CONFLICT, String.valueOf(e.getMessage()));
  }

  private static ImportPlan plan(JsonNode body) {
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw new InvalidFieldException(
            field.getKey(), field.getValue(), "is not a field of an import");
      }
    }
    JsonNode bytes = body.path("bytes");
    if (!bytes.isIntegralNumber()) {
      throw new InvalidFieldException("bytes", bytes, "must be the file's length");
    }
    JsonNode checkOnly = body.path("checkOnly");
    if (!checkOnly.isMissingNode() && !checkOnly.isBoolean()) {
      throw new InvalidFieldException("checkOnly", checkOnly, "must be true or false");
    }
    return new ImportPlan(
        text(body, "fileName", ""),
        bytes.longValue(),
        text(body, "format", ""),
        texts(body, "map"),
        texts(body, "set"),
        text(body, "encoding", "auto"),
        text(body, "zone", ""),
        text(body, "timeFormat", ""),
        text(body, "eventType", ""),
        checkOnly.booleanValue() ? ImportPlan.Mode.CHECK_ONLY : ImportPlan.Mode.APPLY);
  }

  private static String text(JsonNode body, String name, String otherwise) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw new InvalidFieldException(name, value, "must be a text in quotes");
    }
    return value.textValue();
  }

  private static Map<String, String> texts(JsonNode body, String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    JsonNode value = body.path(name);
    if (!value.isMissingNode() && !value.isObject()) {
      throw new InvalidFieldException(name, value, "must be an object of texts");
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      texts.put(field.getKey(), text(value, field.getKey(), ""));
    }
    return texts;
  }

  /// With the notes and the rejected records.
  private static ObjectNode whole(FileImport file) {
    ObjectNode node = write(file);
    file.notes().forEach(node.putArray("notes")::add);
    ArrayNode rejects = node.putArray("rejects");
    for (Reject bad : file.rejects()) {
      ObjectNode each = rejects.addObject().put("line", bad.line()).put("field", bad.field());
      each.put("value", bad.value()).put("reason", bad.reason());
      each.put("file", bad.file().toString());
    }
    if (file.look().rejected() > 0) {
      node.put("rejectFile", file.rejectFile().getFileName().toString());
    }
    return node;
  }

  private static ObjectNode write(FileImport file) {
    FileImport.Look look = file.look();
    ImportPlan plan = file.plan();
    ObjectNode node = Json.object().put("importId", file.id()).put("fileName", plan.fileName());
    node.put("format", plan.format()).put("bytes", plan.bytes());
    node.put("state", look.state().name().toLowerCase(Locale.ROOT));
    node.put("beganAt", look.began().toString());
    if (look.ended() != null) {
      node.put("endedAt", look.ended().toString());
    }
    node.put("received", look.received()).put("share", look.share());
    node.put("records", look.records()).put("rejected", look.rejected());
    ImportRun.Counts counts = look.counts();
    if (counts != null) {
      node.put("events", counts.events()).put("duplicates", counts.duplicates());
      node.put("items", counts.items()).put("unchanged", counts.unchanged());
    }
    if (look.failure() != null) {
      node.put("failure", look.failure());
    }
    return node;
  }
}
